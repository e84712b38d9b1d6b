import { type Context, inTransaction } from '../context.ts';
import { Prisma } from '../database/generated/client.ts';
import { DomainError } from '../errors.ts';

/** The revisions in an If-Match header. `*` matches any revision. `weak` stands for a weak ETag, which matches none. */
export type IfMatch = '*' | readonly (number | 'weak')[];

export function requireRevision(ifMatch: IfMatch, revision: number): void {
  if (ifMatch === '*' || ifMatch.includes(revision)) return;
  const message = ifMatch.includes('weak')
    ? `If-Match has a weak ETag, which never matches. Send the current one as "${revision}", without W/.`
    : `The resource has changed and is now at revision ${revision}. Read it again, then repeat the request.`;
  throw new DomainError('precondition', 'stale_revision', message, { revision });
}

type RevisedTable = 'newsletters' | 'people' | 'papers' | 'media' | 'issues';

/** Locks the row until the end of the transaction. FOR NO KEY UPDATE does not block inserts that reference it. */
export async function lockRow(ctx: Context, table: RevisedTable, id: string): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM ${Prisma.raw(table)} WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

/** Locks the row and runs `fn` in the same transaction. */
export function withRowLocked<T>(
  ctx: Context,
  table: RevisedTable,
  id: string,
  fn: (ctx: Context) => Promise<T>,
): Promise<T> {
  return inTransaction(ctx, async (inside) => {
    await lockRow(inside, table, id);
    return fn(inside);
  });
}
