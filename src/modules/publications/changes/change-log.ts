import type { Context } from '../../../context.ts';
import type { ChangeType } from '../../../database/generated/client.ts';
import type { IssueAddress } from '../edition/edition-content.ts';
import { findNeighbours } from './neighbours.ts';

/** A change to what readers see of an issue. */
export type Change = {
  type: ChangeType;
  newsletterId: string;
  issueId: string;
  edition: { id: string; version: number };
  /** The public address of the issue after the change, or before it if the issue was withdrawn. */
  address: IssueAddress;
  /** The address that a correction replaced. */
  former?: IssueAddress | undefined;
  /** When the issue was first published. Corrections keep it. */
  publishedAt: Date;
  /** The tags of the issue before and after the change. */
  tags: readonly string[];
};

/**
 * Appends to the newsletter's change log, which readers follow by position. The counter row stays locked until the
 * commit, so positions are in commit order and have no gaps.
 *
 * Call it last: a transaction that holds a counter must not wait for any other lock, or two transactions could deadlock.
 * For the same reason a transaction should log changes of one newsletter only. The sample loader logs those of several,
 * but under an advisory lock.
 *
 * Returns the ids of the issues whose pages link to this one. They are read under the lock of the counter, so of two
 * issues that are published at the same time, the later one sees the earlier one.
 */
export async function logChange(ctx: Context, change: Change): Promise<string[]> {
  await append(ctx, change);
  const { newsletterId, publishedAt, address, former = address } = change;
  const numbers = new Set([address.number, former.number]);
  const neighbours = new Set<string>();
  for (const number of numbers) {
    for (const id of await findNeighbours(ctx, { newsletterId, publishedAt, number })) neighbours.add(id);
  }
  return [...neighbours];
}

/**
 * Also notes the time for the feeds that the change is in. Only the holder of the counter writes their rows. The time of
 * a feed always increases, also if a transaction that started later has committed earlier.
 */
async function append(ctx: Context, change: Change): Promise<void> {
  const { type, newsletterId, issueId, edition, address, former } = change;
  const feeds = ['', ...new Set(change.tags)];
  await ctx.db.$executeRaw`
    WITH log AS (
      INSERT INTO publication_logs AS log (newsletter_id, last_position) VALUES (${newsletterId}::uuid, 1)
      ON CONFLICT (newsletter_id) DO UPDATE SET last_position = log.last_position + 1
      RETURNING last_position
    ), change AS (
      INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version,
        number, slug, former_number, former_slug, at)
      SELECT ${newsletterId}::uuid, last_position, ${type}::change_type, ${issueId}::uuid, ${edition.id}::uuid,
        ${edition.version}::int, ${address.number}::int, ${address.slug}, ${former?.number ?? null}::int,
        ${former?.slug ?? null}, ${ctx.now}::timestamptz
      FROM log
    )
    INSERT INTO publication_feeds AS feed (newsletter_id, tag, changed_at)
    SELECT ${newsletterId}::uuid, tag, ${ctx.now}::timestamptz FROM log, unnest(${feeds}::text[]) AS tag
    ON CONFLICT (newsletter_id, tag)
      DO UPDATE SET changed_at = greatest(excluded.changed_at, feed.changed_at + interval '1 ms')`;
}

/**
 * Moves Last-Modified of the newsletter's feeds on, by the trigger of the row. Call it last, for the same reason as
 * logChange. A newsletter without a log has had no feed with Last-Modified.
 */
export async function markFeedsModified(ctx: Context, newsletterId: string): Promise<void> {
  await ctx.db.publicationLog.updateMany({ where: { newsletterId }, data: { feedsModifiedAt: ctx.now } });
}

/**
 * Appends one entry for each published issue that features one of the papers, and returns the ids of these issues.
 * Call it last, for the same reason as logChange. It locks the counters in the order of newsletter ids.
 *
 * OFFSET 0 keeps the planner from turning the lookups per issue into joins that could read all published issues.
 */
export async function logPaperStatuses(ctx: Context, paperIds: readonly string[]): Promise<string[]> {
  await lockLogs(ctx, paperIds);
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH featuring AS (
      SELECT live.newsletter_id, live.issue_id, live.edition_id, editions.version, live.number, live.slug,
        row_number() OVER (PARTITION BY live.newsletter_id ORDER BY live.published_at, live.number) AS place
      FROM (SELECT DISTINCT issue_id FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])) AS use
      CROSS JOIN LATERAL (SELECT * FROM publications WHERE issue_id = use.issue_id OFFSET 0) AS live
      CROSS JOIN LATERAL (SELECT version FROM editions WHERE id = live.edition_id OFFSET 0) AS editions
    ), log AS (
      INSERT INTO publication_logs AS log (newsletter_id, last_position)
      SELECT newsletter_id, count(*) FROM featuring GROUP BY newsletter_id ORDER BY newsletter_id
      ON CONFLICT (newsletter_id) DO UPDATE SET last_position = log.last_position + excluded.last_position
      RETURNING newsletter_id, last_position
    ), counted AS (
      SELECT newsletter_id, count(*) AS changes FROM featuring GROUP BY newsletter_id
    )
    INSERT INTO publication_changes
      (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
    SELECT newsletter_id, last_position - changes + place, 'paper_status', issue_id, edition_id, version,
      number, slug, ${ctx.now}::timestamptz
    FROM featuring JOIN log USING (newsletter_id) JOIN counted USING (newsletter_id)
    RETURNING issue_id::text AS id`;
  return rows.map(({ id }) => id);
}

/**
 * Locks the counters of the newsletters that feature one of the papers. A statement after it sees which of their issues
 * are withdrawn or corrected by then, so no entry about such an issue follows the entry of its withdrawal.
 */
async function lockLogs(ctx: Context, paperIds: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`
    SELECT 1 FROM publication_logs WHERE newsletter_id = ANY (ARRAY (
      SELECT newsletter_id FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])))
    ORDER BY newsletter_id FOR NO KEY UPDATE`;
}
