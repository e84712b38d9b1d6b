import type { Media } from '../../../database/generated/client.ts';
import { type CropSize, canBeCropped } from '../renditions/plan-crops.ts';
import { renditionsStateOf } from '../renditions/renditions-state.ts';
import type { MediaWithFile } from './media-with-file.ts';
import { sourcesOf } from './sources.ts';

export type Presentation = { publicUrl: string; crops: readonly CropSize[] };

/** Converts a row to the JSON of the Admin API. */
export function presentMedia({ file, ...row }: MediaWithFile, { publicUrl, crops }: Presentation) {
  const { fileName, mimeType, size, width, height, frames, sha256, sourceSha256, thumbhash } = file;
  const { id, originalName, alt, caption, tags, language, revision } = row;
  const url = mediaAddress(fileName, publicUrl);
  return {
    ...{ id, url, mimeType, size, width, height, frames, sha256, sourceSha256, originalName, alt, caption },
    credit: creditOf(row),
    focalPoint: focalPointOf(row),
    ...{ tags, language, thumbhash },
    variants: renditionsStateOf(file),
    sources: sourcesOf(file, mediaAddress('', publicUrl)),
    crops: canBeCropped(file) ? crops.map((size) => ({ ...size, url: cropAddress(url, size) })) : [],
    revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** The public URL of a file. */
export function mediaAddress(fileName: string, publicUrl: string): string {
  return `${publicUrl}/media/${fileName}`;
}

export function creditOf({ creditText, creditUrl, creditLicence }: Media) {
  return creditText === null ? null : { text: creditText, url: creditUrl, licence: creditLicence };
}

export function focalPointOf({ focalX, focalY }: Media) {
  return focalX === null || focalY === null ? null : { x: focalX / 100, y: focalY / 100 };
}

function cropAddress(url: string, { width, height }: CropSize): string {
  return `${url}?w=${width}&h=${height}&fit=cover`;
}
