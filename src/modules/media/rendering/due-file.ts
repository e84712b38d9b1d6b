import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { removeFiles } from '../storage/remove-files.ts';
import type { MediaStorage } from '../storage/storage.ts';

export type ClaimedFile = MediaFile & { renditionsDueAt: Date; renditionsLease: Date };

/** Times that rendering a file may fail before it is given up. */
const MOST_TRIES = 5;
/** Seconds until a file is tried again, four times as long after each failure: an hour and a half in all. */
const FIRST_PAUSE = 60;

/** Takes the file that is due for the longest time. Rendering is limited to half of the lease. */
export async function claimDueFile(ctx: Context): Promise<ClaimedFile | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE media_files SET renditions_lease = clock_timestamp() + interval '10 minutes'
    WHERE id = (
      SELECT id FROM media_files
      WHERE renditions_due_at <= clock_timestamp() AND coalesce(renditions_lease <= clock_timestamp(), true)
      ORDER BY renditions_due_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id`;
  const file = claimed && (await ctx.db.mediaFile.findUnique({ where: { id: claimed.id } }));
  if (!file?.renditionsDueAt || !file.renditionsLease) return null;
  return { ...file, renditionsDueAt: file.renditionsDueAt, renditionsLease: file.renditionsLease };
}

/**
 * All are there, and the obsolete ones go: their rows, then their bytes, then the lease, so that no node makes them
 * anew before they are gone. Where more was asked for meanwhile the file stays due.
 */
export async function settle(
  ctx: Context,
  storage: MediaStorage,
  { id, renditionsDueAt, renditionsLease }: ClaimedFile,
  obsolete: readonly string[],
): Promise<void> {
  const held = { id, renditionsLease };
  const names = { fileName: { in: [...obsolete] } };
  const { count } = await ctx.db.mediaRendition.deleteMany({ where: { ...names, file: held } });
  if (count > 0) await removeFiles(storage, obsolete);
  await ctx.db.$executeRaw`
    UPDATE media_files SET renditions_lease = NULL, renditions_tries = 0,
      renditions_due_at = nullif(renditions_due_at, ${renditionsDueAt})
    WHERE id = ${id}::uuid AND renditions_lease = ${renditionsLease}`;
}

/** Due again: at once where we were told to stop. */
export async function giveBack(ctx: Context, { id, renditionsLease }: ClaimedFile): Promise<void> {
  await ctx.db.mediaFile.updateMany({ where: { id, renditionsLease }, data: { renditionsLease: null } });
}

/** Due again a while after something failed that has nothing to do with the file. */
export async function postpone(ctx: Context, { id, renditionsLease }: ClaimedFile): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE media_files SET renditions_lease = clock_timestamp() + ${FIRST_PAUSE} * interval '1 second'
    WHERE id = ${id}::uuid AND renditions_lease = ${renditionsLease}`;
}

/** Due again later and later, and no more after several times; but at once where it was asked for meanwhile. */
export async function countFailure(
  ctx: Context,
  { id, renditionsDueAt, renditionsLease, renditionsTries }: ClaimedFile,
): Promise<void> {
  const tries = renditionsTries + 1;
  const pause = FIRST_PAUSE * 4 ** renditionsTries;
  await ctx.db.$executeRaw`
    UPDATE media_files SET renditions_lease = NULL,
      renditions_tries = CASE WHEN renditions_due_at = ${renditionsDueAt} THEN ${tries} ELSE 0 END,
      renditions_due_at = CASE
        WHEN renditions_due_at <> ${renditionsDueAt} THEN renditions_due_at
        WHEN ${tries < MOST_TRIES} THEN clock_timestamp() + ${pause} * interval '1 second'
      END
    WHERE id = ${id}::uuid AND renditions_lease = ${renditionsLease}`;
}

/** Has those that were given up tried again, and says how many they are. */
export function retryFailed(ctx: Context): Promise<number> {
  return ctx.db.$executeRaw`
    UPDATE media_files SET renditions_due_at = clock_timestamp(), renditions_tries = 0
    WHERE renditions_due_at IS NULL AND renditions_tries > 0`;
}

/** By the database's clock. Null: nothing is due, now or later. */
export async function millisecondsToNextFile(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(greatest(renditions_due_at, renditions_lease)) - clock_timestamp()) * 1000)::float8
      AS wait
    FROM media_files WHERE renditions_due_at IS NOT NULL`;
  return next.wait;
}
