import { type Context, inTransaction } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { LEASE_MS } from './lease.ts';

/** An import fails after this many claims in a row without progress: its workers crashed or threw errors. */
const MAX_TRIES = 5;
const REPORT_RETENTION_DAYS = 30;

/** Claims the oldest open import, or the one with this id. The claim lasts as long as its lease is renewed. */
export async function claimImport(ctx: Context, id?: string): Promise<PaperImport | null> {
  for (;;) {
    const row = await takeNext(ctx, id);
    if (row === null || row.tries <= MAX_TRIES) return row && restartDryRun(ctx, row);
    await failImport(ctx, row);
  }
}

async function takeNext(ctx: Context, id: string | undefined): Promise<PaperImport | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string; claim: number }[]>`
    UPDATE paper_imports SET status = 'running', tries = tries + 1, claim = claim + 1,
      leased_until = clock_timestamp() + ${LEASE_MS} * interval '1 millisecond'
    WHERE id = (
      SELECT id FROM paper_imports
      WHERE finished_at IS NULL AND coalesce(leased_until <= clock_timestamp(), true)
        ${id === undefined ? Prisma.empty : Prisma.sql`AND id = ${id}::uuid`}
      ORDER BY created_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id::text, claim`;
  return claimed ? ctx.db.paperImport.findFirst({ where: claimed }) : null;
}

/** Restarts a dry run from the beginning, because only the crashed worker knew what earlier batches would have created. */
async function restartDryRun(ctx: Context, row: PaperImport): Promise<PaperImport> {
  if (!row.isDryRun || row.done === 0) return row;
  return inTransaction(ctx, async ({ db }) => {
    await db.paperImportRecord.deleteMany({ where: { importId: row.id } });
    return db.paperImport.update({
      where: { id: row.id, claim: row.claim },
      data: { done: 0, created: 0, matched: 0, refused: 0 },
    });
  });
}

async function failImport(ctx: Context, { id, claim }: PaperImport): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'failed', finished_at = clock_timestamp(), source = NULL, leased_until = NULL
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}

/** Releases a claimed import. It can be claimed again after `pauseMs`. */
export async function releaseImport(
  ctx: Context,
  { id, claim }: PaperImport,
  pauseMs: number,
): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'queued', leased_until = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}

export async function deleteOldReports(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    DELETE FROM paper_imports WHERE finished_at < clock_timestamp() - ${REPORT_RETENTION_DAYS} * interval '1 day'`;
}
