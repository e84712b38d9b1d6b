import type { Context } from '../../../context.ts';
import { type PaperImport, Prisma } from '../../../database/generated/client.ts';
import { LEASE } from './import-batch.ts';

/** Times that an import is begun, or begun again, before it is given up: its workers died, or it failed. */
const MOST_TRIES = 5;
/** Days for which the report of an import is kept. */
const KEEP = 30;

/** Takes the import that waits for the longest time, or the named one, for as long as the lease is renewed. */
export async function claimImport(ctx: Context, id?: string): Promise<PaperImport | null> {
  const [claimed] = await ctx.db.$queryRaw<{ id: string }[]>`
    UPDATE paper_imports SET status = 'running', tries = tries + 1,
      leased_until = clock_timestamp() + ${LEASE} * interval '1 millisecond'
    WHERE id = (
      SELECT id FROM paper_imports
      WHERE finished_at IS NULL AND coalesce(leased_until <= clock_timestamp(), true)
        ${id === undefined ? Prisma.empty : Prisma.sql`AND id = ${id}::uuid`}
      ORDER BY created_at, id LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED
    )
    RETURNING id::text`;
  if (!claimed) return null;
  const row = await ctx.db.paperImport.findUniqueOrThrow({ where: { id: claimed.id } });
  if (row.tries > MOST_TRIES) return giveUp(ctx, row.id);
  return row.isDryRun && row.done > 0 ? beginAgain(ctx, row.id) : row;
}

/** What a dry run would have made is known to nobody but who runs it. */
async function beginAgain(ctx: Context, id: string): Promise<PaperImport> {
  await ctx.db.paperImportRecord.deleteMany({ where: { importId: id } });
  return ctx.db.paperImport.update({ where: { id }, data: { done: 0, created: 0, matched: 0, refused: 0 } });
}

async function giveUp(ctx: Context, id: string): Promise<null> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'failed', finished_at = clock_timestamp(), source = NULL, leased_until = NULL
    WHERE id = ${id}::uuid AND finished_at IS NULL`;
  return null;
}

/** To be taken up again after a pause, or at once. */
export async function leaveImport(ctx: Context, id: string, pause: number): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_imports SET status = 'queued', leased_until = clock_timestamp() + ${pause} * interval '1 millisecond'
    WHERE id = ${id}::uuid AND finished_at IS NULL`;
}

export async function forgetOldImports(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`
    DELETE FROM paper_imports WHERE finished_at < clock_timestamp() - ${KEEP} * interval '1 day'`;
}
