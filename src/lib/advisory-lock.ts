import type { Context } from '../context.ts';

/** Tasks that only one transaction in the database may run at a time, with the numbers of their locks. */
const WORK = { manageKeys: 1, loadSample: 2, importPapers: 3, assignPositions: 4 } as const;

/** The first key of each lock, chosen so that other programs in the same database are unlikely to use it. */
const NAMESPACE = { work: 7_251_901, checksums: 7_251_902 } as const;

/** Waits for the lock on this work and holds it until the end of the transaction. */
export async function lockWork(ctx: Context, work: keyof typeof WORK): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(${NAMESPACE.work}::int, ${WORK[work]}::int)`;
}

/** The SQL expression that takes the lock of `lockWork`, for a block that also does the work in the same round trip. */
export function lockWorkSql(work: keyof typeof WORK): string {
  return `pg_advisory_xact_lock(${NAMESPACE.work}, ${WORK[work]})`;
}

/** Takes the lock if it is free, without waiting. Returns false if another transaction holds it. */
export async function tryLockWork(ctx: Context, work: keyof typeof WORK): Promise<boolean> {
  const [lock] = await ctx.db.$queryRaw<[{ isHeld: boolean }]>`
    SELECT pg_try_advisory_xact_lock(${NAMESPACE.work}::int, ${WORK[work]}::int) AS "isHeld"`;
  return lock.isHeld;
}

/**
 * Waits until no other transaction stores a file with one of these checksums. Locks are taken in ascending order, so
 * that two transactions cannot deadlock.
 */
export async function lockChecksums(ctx: Context, checksums: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    SELECT pg_advisory_xact_lock(${NAMESPACE.checksums}::int, key)
    FROM (SELECT DISTINCT hashtext(sum) AS key FROM unnest(${checksums}::text[]) AS sum ORDER BY 1) AS keys`;
}
