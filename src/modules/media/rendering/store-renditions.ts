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
import { newStagedPath, type StagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { toStorageFullError } from '../storage/storage-full.ts';

/** The file could not be rendered. Storage and database outages are other errors. */
export class RenderingFailed extends Error {}

type Planned = PlannedRendition | PlannedCrop;
type Prepared = Planned & { staged: StagedPath };

/**
 * Renders and stores the planned renditions of a file, the bytes before the rows. If the node dies in between, or the
 * file was deleted, the bytes have no row, and `sweepMedia` removes them.
 */
export async function storeRenditions(
  ctx: Context,
  { storage, images }: MediaLibrary,
  file: MediaFile,
  planned: readonly Planned[],
  stopping: AbortSignal,
): Promise<void> {
  if (planned.length === 0) return;
  const source = await download(storage, file.fileName);
  const prepared = await Promise.all(
    planned.map(async (each) => ({ ...each, staged: await newStagedPath(storage) })),
  );
  try {
    const rendered = await images
      .render(source.path, prepared.map(toRendering), stopping)
      .catch(throwRenderingFailed);
    const byPath = new Map(rendered.map(({ path, ...facts }) => [path, facts]));
    const rows = prepared.flatMap(({ fileName, mimeType, staged }) => {
      const facts = byPath.get(staged.path);
      return facts ? [{ fileName, fileId: file.id, mimeType, ...facts }] : [];
    });
    for (const { staged, fileName, mimeType } of prepared) {
      // A node that died may have left bytes under this name, and `put` does not overwrite.
      await storage.remove(fileName);
      const disposition = contentDisposition(mimeType, null);
      await storage.put(staged.path, { fileName, mimeType, contentDisposition: disposition });
    }
    await ctx.db.mediaRendition.createMany({ data: rows, skipDuplicates: true });
  } finally {
    for (const { discard } of [source, ...prepared.map(({ staged }) => staged)]) await discard();
  }
}

function throwRenderingFailed(cause: unknown): never {
  const error = toStorageFullError(cause);
  throw error instanceof DomainError && error.kind === 'storage_full'
    ? error
    : new RenderingFailed('The file could not be rendered', { cause });
}

/** Copies the file to the local disk, where the image process can read it. */
async function download(storage: MediaStorage, fileName: string): Promise<StagedPath> {
  const stored = await storage.open(fileName);
  if (!stored) throw new RenderingFailed(`${fileName} is not in the storage`);
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
