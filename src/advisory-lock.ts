import type { Context } from './context.ts';

/** Numbers of the work that one node at a time does in this database. */
const WORK = { manageKeys: 1, loadSample: 2 } as const;

/** Far from the numbers that other programs in the database are likely to take. */
const FAMILY = { work: 7_251_901, bytes: 7_251_902 } as const;

/** Waits until nobody else does this work; the lock ends with the transaction. */
export async function lockWork(ctx: Context, work: keyof typeof WORK): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(${FAMILY.work}::int, ${WORK[work]}::int)`;
}

/** Waits until nobody else stores these bytes, nor others whose hash begins alike. */
export async function lockBytes(ctx: Context, sha256: string): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_advisory_xact_lock(${FAMILY.bytes}::int, hashtext(${sha256}))`;
}
