import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Context } from '../../../context.ts';
import { newStagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { countKnown, ourFiles } from './find-strays.ts';

/** Holds the id of the database whose files lie beside it. */
const MARK = 'database.txt';

/**
 * Whether the files in the storage are this database's. To another database all of them are strays: one that is new
 * beside a folder or a bucket that is not, or was restored from elsewhere. The first that comes to a storage without a
 * mark puts its own there, unless the storage holds more files that it does not know than ones that it knows.
 */
export async function ownsStorage(ctx: Context, storage: MediaStorage): Promise<boolean> {
  const { id } = await ctx.db.installation.findFirstOrThrow();
  const mark = await storage.open(MARK);
  if (mark) return (await text(mark.bytes)).trim() === id;
  if (!(await isMostlyKnown(ctx, storage))) return false;
  const staged = await newStagedPath(storage);
  try {
    await writeFile(staged.path, `${id}\n`);
    await storage.keep(staged.path, {
      fileName: MARK,
      mimeType: 'text/plain',
      contentDisposition: 'attachment',
    });
  } finally {
    await staged.discard();
  }
  return ownsStorage(ctx, storage);
}

async function isMostlyKnown(ctx: Context, storage: MediaStorage): Promise<boolean> {
  let known = 0;
  let unknown = 0;
  for await (const batch of ourFiles(storage)) {
    const count = await countKnown(ctx, batch);
    known += count;
    unknown += batch.length - count;
  }
  return unknown <= known;
}
