import type { Context } from './context.ts';

/** Numbers of the work that one node at a time does in this database. */
const WORK = { manageKeys: 1, loadSample: 2 } as const;

/** Far from the numbers that other programs in the database are likely to take. */
const FAMILY = 7_251_901;

/** Waits until nobody else does this work; the lock ends with the transaction. */
export async function lockWork(ctx: Context, work: keyof typeof WORK): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(${FAMILY}::int, ${WORK[work]}::int)`;
}
