import type { Context } from '../../../context.ts';
import { parseFileName } from '../file-name.ts';
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
  for await (const batch of inBatches(storage.list())) {
    if (stopping?.aborted) return;
    const known = await findKnown(
      ctx,
      batch.map(({ fileName }) => fileName),
    );
    yield* batch.filter(({ fileName }) => !known.has(fileName));
  }
}

async function* inBatches(entries: AsyncIterable<StoredEntry>): AsyncGenerator<StoredEntry[]> {
  let batch: StoredEntry[] = [];
  for await (const entry of entries) {
    if (parseFileName(entry.fileName) === null) continue;
    batch.push(entry);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function findKnown(ctx: Context, fileNames: string[]): Promise<Set<string>> {
  const query = { where: { fileName: { in: fileNames } }, select: { fileName: true } } as const;
  const rows = [...(await ctx.db.mediaFile.findMany(query)), ...(await ctx.db.mediaVariant.findMany(query))];
  return new Set(rows.map(({ fileName }) => fileName));
}
