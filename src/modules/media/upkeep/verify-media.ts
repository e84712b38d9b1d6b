import { createHash } from 'node:crypto';
import type { Context } from '../../../context.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { findOrphans } from './find-orphans.ts';

export type Verification = {
  files: number;
  /** Number of bytes read */
  bytes: number;
  faults: MediaFault[];
  /** Number of stored files without a row, which `sweepMedia` removes after a day */
  withoutRow: number;
};

export type MediaFault = { fileName: string; fault: 'missing' | 'unreadable' | 'size' | 'sum' };

type Row = { fileName: string; size: number; sha256: string };

const PAGE_SIZE = 500;

/** Reads every stored file and compares its size and hash with its row. Calls `onProgress` after each file. */
export async function verifyMedia(
  ctx: Context,
  storage: MediaStorage,
  onProgress: (done: number, total: number) => void,
): Promise<Verification> {
  const total = (await ctx.db.mediaFile.count()) + (await ctx.db.mediaRendition.count());
  const result: Verification = { files: 0, bytes: 0, faults: [], withoutRow: 0 };
  for await (const row of readRows(ctx)) {
    const { bytes, fault } = await verifyFile(storage, row).catch(unreadable);
    result.files += 1;
    result.bytes += bytes;
    // The file may have been deleted since its row was read.
    if (fault !== null && (await hasRow(ctx, row.fileName)))
      result.faults.push({ fileName: row.fileName, fault });
    onProgress(result.files, total);
  }
  for await (const _orphan of findOrphans(ctx, storage)) result.withoutRow += 1;
  return result;
}

async function* readRows(ctx: Context): AsyncGenerator<Row> {
  const query = (after: string) =>
    ({
      where: { fileName: { gt: after } },
      orderBy: { fileName: 'asc' },
      take: PAGE_SIZE,
      select: { fileName: true, size: true, sha256: true },
    }) as const;
  yield* readPages((after) => ctx.db.mediaFile.findMany(query(after)));
  yield* readPages((after) => ctx.db.mediaRendition.findMany(query(after)));
}

async function* readPages(readPage: (after: string) => Promise<Row[]>): AsyncGenerator<Row> {
  for (let after = ''; ; ) {
    const rows = await readPage(after);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_SIZE) return;
    after = last.fileName;
  }
}

/** Reads the file and compares it with its row. */
export async function verifyFile(
  storage: MediaStorage,
  { fileName, size, sha256 }: Row,
): Promise<{ bytes: number; fault: MediaFault['fault'] | null }> {
  const stored = await storage.open(fileName);
  if (!stored) return { bytes: 0, fault: 'missing' };
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of stored.bytes) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  if (bytes !== size) return { bytes, fault: 'size' };
  return { bytes, fault: hash.digest('hex') === sha256 ? null : 'sum' };
}

/** One unreadable file must not stop the verification of the others. */
function unreadable(): { bytes: number; fault: MediaFault['fault'] } {
  return { bytes: 0, fault: 'unreadable' };
}

async function hasRow(ctx: Context, fileName: string): Promise<boolean> {
  const query = { where: { fileName }, select: { fileName: true } } as const;
  const row = (await ctx.db.mediaFile.findUnique(query)) ?? (await ctx.db.mediaRendition.findUnique(query));
  return row !== null;
}
