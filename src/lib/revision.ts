import { type Context, inTransaction } from '../context.ts';
import { Prisma } from '../database/generated/client.ts';
import { DomainError } from '../errors.ts';

/** Revisions that a client is content to change; `*` is any, on purpose. */
export type IfMatch = '*' | readonly number[];

export function requireRevision(ifMatch: IfMatch, revision: number): void {
  if (ifMatch === '*' || ifMatch.includes(revision)) return;
  throw new DomainError(
    'precondition',
    'stale_revision',
    `It has changed since you read it: it is at revision ${revision} now. Read it again and repeat.`,
    { revision },
  );
}

type RevisedTable = 'newsletters' | 'people' | 'papers' | 'media' | 'issues';

/** Until the transaction ends nobody else changes this row, so that reading, checking and writing are one. */
export async function lockRow(ctx: Context, table: RevisedTable, id: string): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM ${Prisma.raw(table)} WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
}

/** Runs `fn` in a transaction that holds the row. */
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
