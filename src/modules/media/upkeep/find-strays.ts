import type { Context } from '../../../context.ts';
import { parseFileName } from '../files/file-name.ts';
import type { MediaStorage, StoredEntry } from '../storage/storage.ts';

/** Names that are looked up in the database at once. */
const BATCH = 500;

/**
 * Files in the storage, under names of ours, that no row names. A new one may still get its row. Ends early
 * once `stopping` is aborted.
 */
export async function* findStrays(
  ctx: Context,
  storage: MediaStorage,
  stopping?: AbortSignal,
): AsyncGenerator<StoredEntry> {
  for await (const batch of ourFiles(storage)) {
    if (stopping?.aborted) return;
    const known = await findKnown(ctx, batch);
    yield* batch.filter(({ fileName }) => !known.has(fileName));
  }
}

/** All files under names of ours, some at a time. */
export async function* ourFiles(storage: MediaStorage): AsyncGenerator<StoredEntry[]> {
  let batch: StoredEntry[] = [];
  for await (const entry of storage.list()) {
    if (parseFileName(entry.fileName) === null) continue;
    batch.push(entry);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

/** How many of them a row names. */
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
