import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { z } from 'zod';
import type { AdminClient } from '../admin-client.ts';
import { quantile } from '../statistics.ts';
import { type Drafts, scheduleAll } from './due-issues.ts';
import { watchReaders } from './watch-readers.ts';

export type Lag = {
  /** Milliseconds from the due time to the commit that shows the issue to readers, by the database's clock. */
  median: number;
  p95: number;
  max: number;
  /** Milliseconds until a reader of every node gets it: the median and the 99th percentile of some of the issues. */
  seen: { median: number; p99: number };
  /** The numbers of issues that were published too early, more than once and never. */
  early: number;
  doubled: number;
  missing: number;
};

/** All issues must be published within this time. */
const PUBLISHING_TIMEOUT_MS = 60_000;

/** Schedules the drafts for the same second and waits until they are published. */
export async function measureLag(
  admin: AdminClient,
  pool: pg.Pool,
  drafts: Drafts,
  origins: readonly string[],
): Promise<Lag> {
  const due = await scheduleAll(admin, drafts);
  const seen = await watchReaders(pool, drafts, origins, due);
  await waitUntilPublished(pool, drafts, due.getTime() + PUBLISHING_TIMEOUT_MS);
  const lag = await readLag(pool, drafts, due);
  return { ...lag, seen: { median: quantile(seen, 0.5), p99: quantile(seen, 0.99) } };
}

/** Polls at long intervals, so that it does not disturb the publishing. */
async function waitUntilPublished(pool: pg.Pool, { newsletterId }: Drafts, deadline: number): Promise<void> {
  for (;;) {
    const { rowCount } = await pool.query(
      "SELECT FROM issues WHERE newsletter_id = $1 AND status = 'scheduled' LIMIT 1",
      [newsletterId],
    );
    if (rowCount === 0 || Date.now() > deadline) return;
    await sleep(250);
  }
}

const outcomes = z.array(
  z.object({
    lag: z.number().nullable(),
    startLag: z.number().nullable(),
    editions: z.coerce.number(),
    events: z.coerce.number(),
  }),
);

async function readLag(pool: pg.Pool, { newsletterId }: Drafts, due: Date): Promise<Omit<Lag, 'seen'>> {
  const { rows } = await pool.query(
    `SELECT (extract(epoch FROM pg_xact_commit_timestamp(publications.xmin) - $2) * 1000)::float8 AS lag,
       (extract(epoch FROM publications.published_at - $2) * 1000)::float8 AS "startLag",
       (SELECT count(*) FROM editions WHERE issue_id = issues.id) AS editions,
       (SELECT count(*) FROM events WHERE issue_id = issues.id AND type = 'issue.published') AS events
     FROM issues LEFT JOIN publications ON publications.issue_id = issues.id
     WHERE issues.newsletter_id = $1`,
    [newsletterId, due],
  );
  const issues = outcomes.parse(rows);
  const lags = issues.flatMap(({ lag }) => lag ?? []);
  if (lags.length === 0) throw new Error('No issue was published');
  return {
    median: quantile(lags, 0.5),
    p95: quantile(lags, 0.95),
    max: quantile(lags, 1),
    early: issues.filter(({ startLag }) => startLag !== null && startLag < 0).length,
    doubled: issues.filter(({ editions, events }) => editions > 1 || events > 1).length,
    missing: issues.filter(({ lag }) => lag === null).length,
  };
}
