import type { Context } from '../../../context.ts';

/** Tells every node that an issue was scheduled, perhaps for sooner than what it sleeps towards. */
export const SCHEDULE_CHANNEL = 'masthead_schedule';

/** Sent when the transaction commits: https://www.postgresql.org/docs/current/sql-notify.html */
export async function announceSchedule(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${SCHEDULE_CHANNEL}, '')`;
}
