import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import type { Context } from '../../../context.ts';
import { newStagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { countKnown, listMediaFiles } from './find-orphans.ts';

/** Contains the id of the database to which the files in the storage belong. */
const MARKER_FILE = 'database.txt';

/**
 * Whether the files in the storage belong to this database. To another database, for example a new one or one restored
 * from elsewhere, all files would look like orphans. A storage without a marker is claimed by writing one, unless more
 * than half of its files are unknown to this database.
 */
export async function ownsStorage(ctx: Context, storage: MediaStorage): Promise<boolean> {
  const { id } = await ctx.db.installation.findFirstOrThrow();
  const marker = await storage.open(MARKER_FILE);
  if (marker) return (await text(marker.bytes)).trim() === id;
  if (!(await isMostlyKnown(ctx, storage))) return false;
  const staged = await newStagedPath(storage);
  try {
    await writeFile(staged.path, `${id}\n`);
    await storage.put(staged.path, {
      fileName: MARKER_FILE,
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
  for await (const batch of listMediaFiles(storage)) {
    const count = await countKnown(ctx, batch);
    known += count;
    unknown += batch.length - count;
  }
  return unknown <= known;
}
