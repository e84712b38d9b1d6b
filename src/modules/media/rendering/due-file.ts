import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { removeFiles } from '../storage/remove-files.ts';
import type { MediaStorage } from '../storage/storage.ts';

export type ClaimedFile = MediaFile & { variantsDueAt: Date; variantsLease: Date };

/** Times that rendering a file may fail before it is given up. */
const MOST_TRIES = 5;
/** Seconds until a file is tried again, four times as long after each failure: an hour and a half in all. */
const FIRST_PAUSE = 60;

/** Takes the file that is due for the longest time. Rendering is limited to half of the lease. */
export async function claimDueFile(ctx: Context): Promise<ClaimedFile | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE media_files SET variants_lease = clock_timestamp() + interval '10 minutes'
    WHERE id = (
      SELECT id FROM media_files
      WHERE variants_due_at <= clock_timestamp() AND coalesce(variants_lease <= clock_timestamp(), true)
      ORDER BY variants_due_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id`;
  const file = claimed && (await ctx.db.mediaFile.findUnique({ where: { id: claimed.id } }));
  if (!file?.variantsDueAt || !file.variantsLease) return null;
  return { ...file, variantsDueAt: file.variantsDueAt, variantsLease: file.variantsLease };
}

/**
 * All are there, and the obsolete ones go: their rows, then their bytes, then the lease, so that no node makes them
 * anew before they are gone. Where more was asked for meanwhile the file stays due.
 */
export async function settle(
  ctx: Context,
  storage: MediaStorage,
  { id, variantsDueAt, variantsLease }: ClaimedFile,
  obsolete: readonly string[],
): Promise<void> {
  const held = { id, variantsLease };
  const names = { fileName: { in: [...obsolete] } };
  const { count } = await ctx.db.mediaVariant.deleteMany({ where: { ...names, file: held } });
  if (count > 0) await removeFiles(storage, obsolete);
  await ctx.db.$executeRaw`
    UPDATE media_files SET variants_lease = NULL, variants_tries = 0,
      variants_due_at = nullif(variants_due_at, ${variantsDueAt})
    WHERE id = ${id}::uuid AND variants_lease = ${variantsLease}`;
}

/** Due again: at once where we were told to stop. */
export async function giveBack(ctx: Context, { id, variantsLease }: ClaimedFile): Promise<void> {
  await ctx.db.mediaFile.updateMany({ where: { id, variantsLease }, data: { variantsLease: null } });
}

/** Due again a while after something failed that has nothing to do with the file. */
export async function postpone(ctx: Context, { id, variantsLease }: ClaimedFile): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE media_files SET variants_lease = clock_timestamp() + ${FIRST_PAUSE} * interval '1 second'
    WHERE id = ${id}::uuid AND variants_lease = ${variantsLease}`;
}

/** Due again later and later, and no more after several times; but at once where it was asked for meanwhile. */
export async function countFailure(
  ctx: Context,
  { id, variantsDueAt, variantsLease, variantsTries }: ClaimedFile,
): Promise<void> {
  const tries = variantsTries + 1;
  const pause = FIRST_PAUSE * 4 ** variantsTries;
  await ctx.db.$executeRaw`
    UPDATE media_files SET variants_lease = NULL,
      variants_tries = CASE WHEN variants_due_at = ${variantsDueAt} THEN ${tries} ELSE 0 END,
      variants_due_at = CASE
        WHEN variants_due_at <> ${variantsDueAt} THEN variants_due_at
        WHEN ${tries < MOST_TRIES} THEN clock_timestamp() + ${pause} * interval '1 second'
      END
    WHERE id = ${id}::uuid AND variants_lease = ${variantsLease}`;
}

/** Has those that were given up tried again, and says how many they are. */
export function retryFailed(ctx: Context): Promise<number> {
  return ctx.db.$executeRaw`
    UPDATE media_files SET variants_due_at = clock_timestamp(), variants_tries = 0
    WHERE variants_due_at IS NULL AND variants_tries > 0`;
}

/** By the database's clock. Null: nothing is due, now or later. */
export async function millisecondsToNextFile(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(greatest(variants_due_at, variants_lease)) - clock_timestamp()) * 1000)::float8
      AS wait
    FROM media_files WHERE variants_due_at IS NOT NULL`;
  return next.wait;
}
