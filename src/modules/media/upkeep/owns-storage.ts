import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Context } from '../../../context.ts';
import { newStagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { areAnyKnown, ourFiles } from './find-strays.ts';

/** Holds the id of the database whose files lie beside it. */
const MARK = 'database.txt';

/**
 * Whether the files in the storage are this database's. To another database all of them are strays: one that is new
 * beside a folder or a bucket that is not, or was restored from elsewhere. The first that comes to a storage without a
 * mark puts its own there, unless the storage holds files and it knows none of them.
 */
export async function ownsStorage(ctx: Context, storage: MediaStorage): Promise<boolean> {
  const { id } = await ctx.db.installation.findFirstOrThrow();
  const mark = await storage.open(MARK);
  if (mark) return (await text(mark.bytes)).trim() === id;
  if (!(await isEmptyOrKnown(ctx, storage))) return false;
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

async function isEmptyOrKnown(ctx: Context, storage: MediaStorage): Promise<boolean> {
  let isEmpty = true;
  for await (const batch of ourFiles(storage)) {
    if (await areAnyKnown(ctx, batch)) return true;
    isEmpty = false;
  }
  return isEmpty;
}
