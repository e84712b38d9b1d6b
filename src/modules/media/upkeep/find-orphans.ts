import type { Context } from '../../../context.ts';
import { parseFileName } from '../files/file-name.ts';
import type { MediaStorage, StoredEntry } from '../storage/storage.ts';

const BATCH_SIZE = 500;

/**
 * Yields files in the storage that have no row. The row of a new file may not be committed yet. Ends early when
 * `stopping` is aborted.
 */
export async function* findOrphans(
  ctx: Context,
  storage: MediaStorage,
  stopping?: AbortSignal,
): AsyncGenerator<StoredEntry> {
  for await (const batch of listMediaFiles(storage)) {
    if (stopping?.aborted) return;
    const known = await findKnown(ctx, batch);
    yield* batch.filter(({ fileName }) => !known.has(fileName));
  }
}

/** Yields all files whose names have the form of media files, in batches. */
export async function* listMediaFiles(storage: MediaStorage): AsyncGenerator<StoredEntry[]> {
  let batch: StoredEntry[] = [];
  for await (const entry of storage.list()) {
    if (parseFileName(entry.fileName) === null) continue;
    batch.push(entry);
    if (batch.length < BATCH_SIZE) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** Counts the files that have a row. */
export async function countKnown(ctx: Context, entries: readonly StoredEntry[]): Promise<number> {
  return (await findKnown(ctx, entries)).size;
}

async function findKnown(ctx: Context, entries: readonly StoredEntry[]): Promise<Set<string>> {
  const fileNames = entries.map(({ fileName }) => fileName);
  const query = { where: { fileName: { in: fileNames } }, select: { fileName: true } } as const;
  const rows = [
    ...(await ctx.db.mediaFile.findMany(query)),
    ...(await ctx.db.mediaRendition.findMany(query)),
  ];
  return new Set(rows.map(({ fileName }) => fileName));
}
