import { type Context, inTransaction } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { LEASE_MS } from './lease.ts';

/** How often an import is claimed without progress before it fails: its workers died, or it threw errors. */
const MAX_TRIES = 5;
/** How long the report of an import is kept. */
const REPORT_DAYS = 30;

/** Claims the oldest import that is open, or the one with this id. It is held as long as the lease is renewed. */
export async function claimImport(ctx: Context, id?: string): Promise<PaperImport | null> {
  for (;;) {
    const row = await takeNext(ctx, id);
    if (row === null || row.tries <= MAX_TRIES) return row && restartDryRun(ctx, row);
    await giveUp(ctx, row);
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

/** A dry run starts again: what its earlier batches would have created was known only to the worker that died. */
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

async function giveUp(ctx: Context, { id, claim }: PaperImport): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'failed', finished_at = clock_timestamp(), source = NULL, leased_until = NULL
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}

/** Gives the import back. It can be claimed again after the pause. */
export async function leaveImport(ctx: Context, { id, claim }: PaperImport, pauseMs: number): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'queued', leased_until = clock_timestamp() + ${pauseMs} * interval '1 millisecond'
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}

export async function deleteOldReports(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    DELETE FROM paper_imports WHERE finished_at < clock_timestamp() - ${REPORT_DAYS} * interval '1 day'`;
}
