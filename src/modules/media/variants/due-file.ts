import { type Context, inTransaction } from '../../../context.ts';
import type { MediaFile } from '../../../database/generated/client.ts';
import type { MediaStorage } from '../storage/storage.ts';

/** `variantsDueAt` is when the lease ends: until then the file is this node's. */
export type ClaimedFile = MediaFile & { variantsDueAt: Date };

/** Times that a file is tried before its variants are given up. */
const MOST_TRIES = 3;

/** Takes the file that is due for the longest time. The lease is far longer than any file takes. */
export async function claimDueFile(ctx: Context): Promise<ClaimedFile | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE media_files
    SET variants_due_at = clock_timestamp() + interval '10 minutes', variants_tries = variants_tries + 1
    WHERE id = (
      SELECT id FROM media_files WHERE variants_due_at <= clock_timestamp()
      ORDER BY variants_due_at, id LIMIT 1 FOR UPDATE SKIP LOCKED
    )
    RETURNING id`;
  const file = claimed && (await ctx.db.mediaFile.findUnique({ where: { id: claimed.id } }));
  return file?.variantsDueAt ? { ...file, variantsDueAt: file.variantsDueAt } : null;
}

/** All are there, and the obsolete ones can go; unless more was asked for meanwhile: then the file stays due. */
export async function settle(
  ctx: Context,
  storage: MediaStorage,
  { id, variantsDueAt }: ClaimedFile,
  obsolete: readonly string[],
): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.mediaVariant.deleteMany({ where: { fileName: { in: [...obsolete] } } });
    await ctx.db.mediaFile.updateMany({
      where: { id, variantsDueAt },
      data: { variantsDueAt: null, variantsTries: 0 },
    });
  });
  for (const fileName of obsolete) await storage.remove(fileName);
}

/** Due again: at once where we were told to stop, later after a failure, and no more after several. */
export async function giveBack(
  ctx: Context,
  { id, variantsDueAt, variantsTries }: ClaimedFile,
  isStopping: boolean,
): Promise<void> {
  const tries = isStopping ? variantsTries - 1 : variantsTries;
  const seconds = isStopping ? 0 : 30 * tries;
  await ctx.db.$executeRaw`
    UPDATE media_files SET variants_tries = ${tries},
      variants_due_at = CASE WHEN ${tries < MOST_TRIES} THEN clock_timestamp() + ${seconds} * interval '1 second' END
    WHERE id = ${id}::uuid AND variants_due_at = ${variantsDueAt}`;
}

/** By the database's clock. Null: nothing is due, now or later. */
export async function millisecondsToNextFile(ctx: Context): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(variants_due_at) - clock_timestamp()) * 1000)::float8 AS wait
    FROM media_files WHERE variants_due_at IS NOT NULL`;
  return next.wait;
}
