import type { Context } from '../../../context.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { countKnown, listMediaFiles } from './find-orphans.ts';
import { claimStorage, readStorageOwner } from './storage-owner.ts';

/**
 * Whether the files in the storage belong to this database. To another database, for example a new one or one restored
 * from elsewhere, all files would look like orphans. A storage without a marker is claimed by writing one, unless more
 * than half of its files are unknown to this database.
 */
export async function ownsStorage(ctx: Context, storage: MediaStorage): Promise<boolean> {
  const { id } = await ctx.db.installation.findFirstOrThrow();
  const owner = await readStorageOwner(storage);
  if (owner !== null) return owner === id;
  if (!(await isMostlyKnown(ctx, storage))) return false;
  await claimStorage(storage, id);
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
