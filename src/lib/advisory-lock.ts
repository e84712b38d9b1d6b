import type { Context } from '../context.ts';

/** Numbers of the work that one node at a time does in this database. */
const WORK = { manageKeys: 1, loadSample: 2, importPapers: 3, assignPositions: 4 } as const;

/** Far from the numbers that other programs in the database are likely to take. */
const FAMILY = { work: 7_251_901, bytes: 7_251_902 } as const;

/** Waits until nobody else does this work; the lock ends with the transaction. */
export async function lockWork(ctx: Context, work: keyof typeof WORK): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(${FAMILY.work}::int, ${WORK[work]}::int)`;
}

/** The same as an SQL expression, for a block that takes the lock and does the work in one round trip. */
export function lockWorkSql(work: keyof typeof WORK): string {
  return `pg_advisory_xact_lock(${FAMILY.work}, ${WORK[work]})`;
}

/** The same, without waiting. False: another is at it. */
export async function tryLockWork(ctx: Context, work: keyof typeof WORK): Promise<boolean> {
  const [lock] = await ctx.db.$queryRaw<[{ isHeld: boolean }]>`
    SELECT pg_try_advisory_xact_lock(${FAMILY.work}::int, ${WORK[work]}::int) AS "isHeld"`;
  return lock.isHeld;
}

/** Waits until nobody else stores bytes with one of these sums. In one order, so that two never wait for each other. */
export async function lockBytes(ctx: Context, sums: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    SELECT pg_advisory_xact_lock(${FAMILY.bytes}::int, key)
    FROM (SELECT DISTINCT hashtext(sum) AS key FROM unnest(${sums}::text[]) AS sum ORDER BY 1) AS keys`;
}
