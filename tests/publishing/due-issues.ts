import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { SCHEDULE_CHANNEL } from '../../src/modules/publishing/schedule/schedule-channel.ts';

export type Scheduled = { id: string; newsletterId: string; scheduledAt: Date };

export type Batch = {
  count: number;
  /** Milliseconds from now, by the database's clock, to the first due time. Negative when overdue. */
  dueIn: number;
  /** Milliseconds from each due time to the next. */
  step?: number;
  newsletterId?: string;
};

export async function insertNewsletter(pool: pg.Pool, holdOverdueAfter: number | null = null) {
  const id = randomUUID();
  await pool.query(
    `INSERT INTO newsletters (id, slug, title, language, time_zone, hold_overdue_after)
     VALUES ($1::uuid, 'n-' || $1::text, 'A letter', 'en', 'UTC', $2)`,
    [id, holdOverdueAfter],
  );
  return id;
}

/** Inserts ready, scheduled issues, ordered by due time. Uses SQL because the API is slow for hundreds. */
export async function insertScheduled(pool: pg.Pool, batch: Batch): Promise<Scheduled[]> {
  const newsletterId = batch.newsletterId ?? (await insertNewsletter(pool));
  const { rows } = await pool.query<Scheduled>(
    `WITH inserted AS (
       INSERT INTO issues (id, newsletter_id, number, slug, title, status,
         scheduled_at, scheduled_local, scheduled_time_zone)
       SELECT gen_random_uuid(), $1, first.number + n, 'i-' || first.number + n, 'Issue ' || n, 'scheduled',
         now() + ($3 + n * $4) * interval '1 millisecond', '2026-12-01T09:00', 'UTC'
       FROM generate_series(0, $2 - 1) AS n,
         (SELECT coalesce(max(number), 0) + 1 AS number FROM issues WHERE newsletter_id = $1) AS first
       RETURNING id, newsletter_id AS "newsletterId", scheduled_at AS "scheduledAt"
     ), sectioned AS (
       INSERT INTO sections (id, issue_id, position, title)
       SELECT gen_random_uuid(), id, 0, 'Notes' FROM inserted RETURNING id
     ), filled AS (
       INSERT INTO items (id, section_id, position, kind, title, body)
       SELECT gen_random_uuid(), id, 0, 'note', 'One', 'A *note*.' FROM sectioned
     )
     SELECT * FROM inserted ORDER BY "scheduledAt"`,
    [newsletterId, batch.count, batch.dueIn, batch.step ?? 0],
  );
  await pool.query("SELECT pg_notify($1, '')", [SCHEDULE_CHANNEL]);
  return rows;
}

/** Counts the published issues and their editions and events. `early` counts editions before the due time. */
export async function outcomeOf(pool: pg.Pool, issues: readonly Scheduled[]) {
  const { rows } = await pool.query<{ published: number; editions: number; events: number; early: number }>(
    `SELECT
       (SELECT count(*) FROM issues JOIN publications ON issue_id = issues.id
         WHERE issues.id = ANY ($1) AND status = 'published')::int AS published,
       (SELECT count(*) FROM editions WHERE issue_id = ANY ($1))::int AS editions,
       (SELECT count(*) FROM events WHERE issue_id = ANY ($1) AND type = 'issue.published')::int AS events,
       (SELECT count(*) FROM unnest($1::uuid[], $2::timestamptz[]) AS due (id, at)
         JOIN editions ON issue_id = due.id WHERE published_at < due.at)::int AS early`,
    [issues.map(({ id }) => id), issues.map(({ scheduledAt }) => scheduledAt)],
  );
  return rows[0];
}

/** The outcome when all issues were published exactly once and none before its due time. */
export function eachOnce(count: number) {
  return { published: count, editions: count, events: count, early: 0 };
}

/** The ids of the published issues, in order of publication. */
export async function orderOfPublication(pool: pg.Pool, issues: readonly Scheduled[]): Promise<string[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT issue_id AS id FROM publications WHERE issue_id = ANY ($1) ORDER BY published_at, number',
    [issues.map(({ id }) => id)],
  );
  return rows.map(({ id }) => id);
}

export async function countPublished(pool: pg.Pool, issues: readonly Scheduled[]): Promise<number> {
  return (await orderOfPublication(pool, issues)).length;
}
