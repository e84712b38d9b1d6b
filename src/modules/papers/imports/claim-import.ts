import { type Context, inTransaction } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { LEASE } from './lease.ts';

/** Times that an import is taken up without getting on before it is given up: its workers died, or it failed. */
const MOST_TRIES = 5;
/** Days for which the report of an import is kept. */
const KEEP = 30;

/** Takes the import that waits for the longest time, or the named one, for as long as the lease is renewed. */
export async function claimImport(ctx: Context, id?: string): Promise<PaperImport | null> {
  for (;;) {
    const row = await takeNext(ctx, id);
    if (row === null || row.tries <= MOST_TRIES) return row && beginAnew(ctx, row);
    await giveUp(ctx, row);
  }
}

async function takeNext(ctx: Context, id: string | undefined): Promise<PaperImport | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string; claim: number }[]>`
    UPDATE paper_imports SET status = 'running', tries = tries + 1, claim = claim + 1,
      leased_until = clock_timestamp() + ${LEASE} * interval '1 millisecond'
    WHERE id = (
      SELECT id FROM paper_imports
      WHERE finished_at IS NULL AND coalesce(leased_until <= clock_timestamp(), true)
        ${id === undefined ? Prisma.empty : Prisma.sql`AND id = ${id}::uuid`}
      ORDER BY created_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id::text, claim`;
  return claimed ? ctx.db.paperImport.findFirst({ where: claimed }) : null;
}

/** A dry run: what it would have made is known to nobody but who ran it. */
async function beginAnew(ctx: Context, row: PaperImport): Promise<PaperImport> {
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

/** To be taken up again after a pause, in milliseconds. */
export async function leaveImport(ctx: Context, { id, claim }: PaperImport, pause: number): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'queued', leased_until = clock_timestamp() + ${pause} * interval '1 millisecond'
    WHERE id = ${id}::uuid AND claim = ${claim} AND finished_at IS NULL`;
}

export async function forgetOldImports(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    DELETE FROM paper_imports WHERE finished_at < clock_timestamp() - ${KEEP} * interval '1 day'`;
}
