import { type CropSize, planCrop } from '../renditions/plan-crops.ts';
import { planRenditions } from '../renditions/plan-renditions.ts';
import { namesType } from './accept.ts';
import type { ServedFile, StoredBytes } from './find-file.ts';

export type FileRequest = {
  fileName: string;
  /** Null requests the file itself. */
  crop: CropSize | null;
  /** The Accept header */
  accept: string | undefined;
};

/** Bytes that answer a request, and how long caches may keep them */
export type Choice = StoredBytes & {
  originalName: string | null;
  /** In seconds */
  maxAge: number;
  /** The response depends on the Accept header. */
  variesByAccept: boolean;
};

/** Whether the file itself is served because the requested rendition does not exist yet. */
export function isFallback({ maxAge }: Choice): boolean {
  return maxAge === FALLBACK_MAX_AGE_SECONDS;
}

/** A year, the longest time that caches honour. The bytes under a name never change. */
export const IMMUTABLE_MAX_AGE_SECONDS = 31_536_000;
/** An editor may move the focal point. */
export const CROP_MAX_AGE_SECONDS = 3_600;
/** The rendition is usually rendered within this time. */
const FALLBACK_MAX_AGE_SECONDS = 60;

/**
 * Returns the files that can answer the request, best first. A later file is served only if the storage
 * has lost the earlier ones. Empty if the request is for a size that was never planned.
 */
export function chooseFiles(file: ServedFile, request: FileRequest): Choice[] {
  if (request.crop) return request.fileName === file.fileName ? chooseCrop(file, request.crop, request) : [];
  if (request.fileName === file.fileName) return [choose(file, file, IMMUTABLE_MAX_AGE_SECONDS)];
  return chooseRendition(file, request.fileName);
}

/** Crops around the current focal point, in the best existing format that the client accepts. */
function chooseCrop(file: ServedFile, size: CropSize, { accept }: FileRequest): Choice[] {
  const planned = planCrop(file, size, file.focal);
  if (planned.length === 0) return [choose(file, file, CROP_MAX_AGE_SECONDS)];
  const [best] = planned
    .filter(({ format, mimeType }) => isUniversal(format) || namesType(accept, mimeType))
    .flatMap(({ fileName }) => findExisting(file, fileName));
  const choices = [
    ...(best ? [choose(best, file, CROP_MAX_AGE_SECONDS)] : []),
    choose(file, file, FALLBACK_MAX_AGE_SECONDS),
  ];
  return choices.map((choice) => ({ ...choice, variesByAccept: true }));
}

/** An existing rendition is served even if it is no longer planned, because an edition may refer to it. */
function chooseRendition(file: ServedFile, fileName: string): Choice[] {
  const existing = findExisting(file, fileName).map((rendition) =>
    choose(rendition, file, IMMUTABLE_MAX_AGE_SECONDS),
  );
  const isKnown =
    existing.length > 0 || planRenditions(file).some((planned) => planned.fileName === fileName);
  return isKnown ? [...existing, choose(file, file, FALLBACK_MAX_AGE_SECONDS)] : [];
}

function findExisting({ renditions }: ServedFile, fileName: string): StoredBytes[] {
  return renditions.filter((rendition) => rendition.fileName === fileName);
}

function choose(
  { fileName, mimeType, size }: StoredBytes,
  { originalName }: ServedFile,
  maxAge: number,
): Choice {
  return { fileName, mimeType, size, originalName, maxAge, variesByAccept: false };
}

/** Formats that every client supports. */
function isUniversal(format: string): boolean {
  return format === 'jpg' || format === 'png';
}
