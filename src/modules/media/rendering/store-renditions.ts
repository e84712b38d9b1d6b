import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import type { Rendering } from '../images/image-process.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { PlannedCrop } from '../renditions/plan-crops.ts';
import type { PlannedRendition } from '../renditions/plan-renditions.ts';
import { nameFullStorage } from '../storage/full-storage.ts';
import { newStagedPath, type StagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';

/** The file itself is at fault, or what decodes it. */
export class RenderingFailed extends Error {}

type Planned = PlannedRendition | PlannedCrop;
type Prepared = Planned & { staged: StagedPath };

/**
 * Renders renditions of a file and stores them, the bytes before the rows. What a node leaves behind that dies
 * in between, or finds the file gone, has no row, for `sweepMedia`.
 */
export async function storeRenditions(
  ctx: Context,
  { storage, images }: MediaLibrary,
  file: MediaFile,
  planned: readonly Planned[],
  stopping: AbortSignal,
): Promise<void> {
  if (planned.length === 0) return;
  const source = await bring(storage, file.fileName);
  const prepared = await Promise.all(
    planned.map(async (each) => ({ ...each, staged: await newStagedPath(storage) })),
  );
  try {
    const rendered = await images
      .render(source.path, prepared.map(toRendering), stopping)
      .catch(blameRendering);
    const byPath = new Map(rendered.map(({ path, ...facts }) => [path, facts]));
    const rows = prepared.flatMap(({ fileName, mimeType, staged }) => {
      const facts = byPath.get(staged.path);
      return facts ? [{ fileName, fileId: file.id, mimeType, ...facts }] : [];
    });
    for (const { staged, fileName, mimeType } of prepared) {
      // A node that died may have left another rendering there, and `keep` would leave it.
      await storage.remove(fileName);
      const disposition = contentDisposition(mimeType, null);
      await storage.keep(staged.path, { fileName, mimeType, contentDisposition: disposition });
    }
    await ctx.db.mediaRendition.createMany({ data: rows, skipDuplicates: true });
  } finally {
    for (const { discard } of [source, ...prepared.map(({ staged }) => staged)]) await discard();
  }
}

function blameRendering(cause: unknown): never {
  const error = nameFullStorage(cause);
  throw error instanceof DomainError && error.kind === 'storage_full'
    ? error
    : new RenderingFailed('A file could not be rendered', { cause });
}

/** To the local disk, where it can be rendered. */
async function bring(storage: MediaStorage, fileName: string): Promise<StagedPath> {
  const stored = await storage.open(fileName);
  if (!stored) throw new RenderingFailed(`The storage lacks ${fileName}`);
  const staged = await newStagedPath(storage);
  try {
    await pipeline(stored.bytes, createWriteStream(staged.path));
    return staged;
  } catch (error) {
    await staged.discard();
    throw error;
  }
}

function toRendering({ staged, format, width, height, ...planned }: Prepared): Rendering {
  const rendering = { path: staged.path, format, width };
  if (!('focal' in planned)) return { ...rendering, height: null, focal: null };
  const { x, y } = planned.focal;
  return { ...rendering, height, focal: { x: x / 100, y: y / 100 } };
}
