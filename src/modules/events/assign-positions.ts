import type { Context } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';
import { lockWorkSql } from '../../lib/advisory-lock.ts';

/**
 * Events per transaction. 2,000 take about 0.1 s, so that dozens of requests can wait for the lock within its timeout
 * while a large import gets its positions.
 */
const MAX_PER_PASS = 2_000;

/**
 * Assigns a position to every committed event that has none. Call it before listing events.
 *
 * Neither `at` nor `id` can order a list that clients follow: both are set before the commit, so the event of a slow
 * transaction would appear behind clients who have passed that place. Positions are assigned after the commit
 * instead, under a lock that is held until they are committed themselves. So positions become visible in ascending
 * order, and no event ever appears at or below the highest visible position. Writers of events never take this lock.
 *
 * If no event waits for a position, this is one statement of two index lookups and takes no lock. Otherwise it waits for
 * the lock, and fails after the lock timeout. Each pass is a transaction of its own, so a pass that fails does not lose
 * the positions of earlier passes.
 *
 * A pass that is not full has assigned a position to every event that was committed before the call, so it is the last
 * one. Later events are left to the next call. So a listing ends even while others keep writing.
 */
export async function assignPositions(ctx: Context): Promise<void> {
  let { last, isAnyWaiting } = await readProgress(ctx);
  while (isAnyWaiting) {
    const before = last;
    await ctx.db.$executeRaw(ASSIGN_NEXT);
    ({ last, isAnyWaiting } = await readProgress(ctx));
    // Other nodes can have assigned some of these positions, so the pass assigned at most as many.
    if (last - before < MAX_PER_PASS) return;
  }
}

/** `last`: the highest position, 0 if there is none. */
type Progress = { last: number; isAnyWaiting: boolean };

/** ORDER BY keeps the planner on the partial index, whatever the statistics say about NULLs. */
async function readProgress(ctx: Context): Promise<Progress> {
  const [progress] = await ctx.db.$queryRaw<[Progress]>`
    SELECT coalesce((SELECT max(position) FROM events), 0)::float8 AS last,
      (SELECT true FROM events WHERE position IS NULL ORDER BY at, id LIMIT 1) IS NOT NULL AS "isAnyWaiting"`;
  return progress;
}

/**
 * One round trip, so a node that freezes never holds the lock. Each statement of a block takes a new snapshot, so
 * the statements after the lock see all that its previous holder committed:
 * https://www.postgresql.org/docs/current/xfunc-volatility.html
 *
 * A loop and not one UPDATE: with outdated statistics, that would join by reading the whole table.
 */
const ASSIGN_NEXT = Prisma.raw(`
  DO $$
  DECLARE
    last_position bigint;
    event_id uuid;
  BEGIN
    PERFORM ${lockWorkSql('assignPositions')};
    SELECT coalesce(max(position), 0) INTO last_position FROM events;
    FOR event_id IN SELECT id FROM events WHERE position IS NULL ORDER BY at, id LIMIT ${MAX_PER_PASS} LOOP
      last_position := last_position + 1;
      UPDATE events SET position = last_position WHERE id = event_id;
    END LOOP;
  END $$`);
