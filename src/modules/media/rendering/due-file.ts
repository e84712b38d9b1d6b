import type { Context } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import { removeFiles } from '../storage/remove-files.ts';
import type { MediaStorage } from '../storage/storage.ts';

export type ClaimedFile = MediaFile & { renditionsDueAt: Date; renditionsLease: Date };

/** After this many failures, rendering of a file is given up. */
const MAX_TRIES = 5;
/** Each further failure makes the delay four times as long: about an hour and a half in total. */
const FIRST_RETRY_DELAY_SECONDS = 60;

/** Claims the file that has been due for the longest time. The timeout for rendering is half of the lease. */
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
 * Marks a file as rendered. Deletes the rows of obsolete crops, then their bytes, and only then releases the lease, so
 * that no other node renders these crops before they are deleted. If more renditions were requested in the meantime,
 * the file stays due.
 */
export async function finishClaim(
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

/** Releases a claimed file, which stays due. */
export async function releaseClaim(ctx: Context, { id, renditionsLease }: ClaimedFile): Promise<void> {
  await ctx.db.mediaFile.updateMany({ where: { id, renditionsLease }, data: { renditionsLease: null } });
}

/** Makes the file due again later, after a failure that was not caused by the file. */
export async function postponeClaim(ctx: Context, { id, renditionsLease }: ClaimedFile): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE media_files SET renditions_lease = clock_timestamp() + ${FIRST_RETRY_DELAY_SECONDS} * interval '1 second'
    WHERE id = ${id}::uuid AND renditions_lease = ${renditionsLease}`;
}

/**
 * Makes the file due again after a growing delay, or gives up after `MAX_TRIES`. If more renditions were requested
 * in the meantime, the file is due at once.
 */
export async function recordFailure(
  ctx: Context,
  { id, renditionsDueAt, renditionsLease, renditionsTries }: ClaimedFile,
): Promise<void> {
  const tries = renditionsTries + 1;
  const delay = FIRST_RETRY_DELAY_SECONDS * 4 ** renditionsTries;
  await ctx.db.$executeRaw`
    UPDATE media_files SET renditions_lease = NULL,
      renditions_tries = CASE WHEN renditions_due_at = ${renditionsDueAt} THEN ${tries} ELSE 0 END,
      renditions_due_at = CASE
        WHEN renditions_due_at <> ${renditionsDueAt} THEN renditions_due_at
        WHEN ${tries < MAX_TRIES} THEN clock_timestamp() + ${delay} * interval '1 second'
      END
    WHERE id = ${id}::uuid AND renditions_lease = ${renditionsLease}`;
}

/** Makes all files due whose rendering was given up. Returns their number. */
export function retryFailedFiles(ctx: Context): Promise<number> {
  return ctx.db.$executeRaw`
    UPDATE media_files SET renditions_due_at = clock_timestamp(), renditions_tries = 0
    WHERE renditions_due_at IS NULL AND renditions_tries > 0`;
}

/** By the clock of the database. Returns null if no file is due, now or later. */
export async function msUntilNextFile(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(greatest(renditions_due_at, renditions_lease)) - clock_timestamp()) * 1000)::float8
      AS wait
    FROM media_files WHERE renditions_due_at IS NOT NULL`;
  return next.wait;
}
