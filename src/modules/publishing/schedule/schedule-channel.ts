import type { Context } from '../../../context.ts';

/** Wakes every node when an issue is scheduled, because the issue may be due before the node would wake on its own. */
export const SCHEDULE_CHANNEL = 'masthead_schedule';

/** PostgreSQL sends it when the transaction commits: https://www.postgresql.org/docs/current/sql-notify.html */
export async function announceSchedule(ctx: Context): Promise<void> {
  await ctx.db.$executeRaw`SELECT pg_notify(${SCHEDULE_CHANNEL}, '')`;
}
