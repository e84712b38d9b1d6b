import type { Context } from '../../../context.ts';

/** Notifies every node that an issue was scheduled, which may be due before the time until which the node sleeps. */
export const SCHEDULE_CHANNEL = 'masthead_schedule';

/** PostgreSQL sends it when the transaction commits: https://www.postgresql.org/docs/current/sql-notify.html */
export async function announceSchedule(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${SCHEDULE_CHANNEL}, '')`;
}
