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
  /** When readers see it. */
  at: Date;
  /** When the issue was first published. Corrections keep it. */
  publishedAt: Date;
  /** The tags of the issue before and after the change. */
  tags: readonly string[];
};

/**
 * Appends to the change logs of newsletters, which readers follow by position. The counter rows stay locked until the
 * commit, so positions are in commit order and have no gaps. They are locked in the order of newsletter ids.
 *
 * Call it last, and once: a transaction that holds a counter must not wait for any other lock, or two transactions could
 * deadlock. The sample loader calls it several times, but under an advisory lock.
 *
 * Returns for each change the ids of the issues whose pages link to the issue. They are read under the lock of the counter,
 * so of two issues that are published at the same time, the later one sees the earlier one.
 */
export async function logChanges(ctx: Context, changes: readonly Change[]): Promise<string[][]> {
  await append(ctx, changes);
  return findNeighbours(
    ctx,
    changes.map(({ newsletterId, publishedAt, address, former = address }) => {
      return { newsletterId, publishedAt, numbers: [address.number, former.number] };
    }),
  );
}

/**
 * Also notes the time for the feeds that the changes are in. Only the holder of the counter writes their rows. The time of
 * a feed always increases, also if a transaction that started later has committed earlier.
 */
async function append(ctx: Context, changes: readonly Change[]): Promise<void> {
  const rows = changes.map(({ type, newsletterId, issueId, at, edition, address, former, tags }, place) => ({
    ...{ place, type, newsletterId, issueId, at },
    ...{ editionId: edition.id, version: edition.version, feeds: ['', ...new Set(tags)] },
    ...{ number: address.number, slug: address.slug },
    ...{ formerNumber: former?.number ?? null, formerSlug: former?.slug ?? null },
  }));
  await ctx.db.$executeRaw`
    WITH changes AS (
      SELECT *, row_number() OVER (PARTITION BY "newsletterId" ORDER BY place) AS nth
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS change (place int, "newsletterId" uuid, type change_type,
        "issueId" uuid, at timestamptz, "editionId" uuid, version int, number int, slug text, "formerNumber" int, "formerSlug" text,
        feeds text[])
    ), log AS (
      INSERT INTO publication_logs AS log (newsletter_id, last_position)
      SELECT "newsletterId", count(*) FROM changes GROUP BY "newsletterId" ORDER BY "newsletterId"
      ON CONFLICT (newsletter_id) DO UPDATE SET last_position = log.last_position + excluded.last_position
      RETURNING newsletter_id, last_position
    ), positions AS (
      SELECT changes.*, last_position - count(*) OVER (PARTITION BY newsletter_id) + nth AS position
      FROM changes JOIN log ON newsletter_id = "newsletterId"
    ), logged AS (
      INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version,
        number, slug, former_number, former_slug, at)
      SELECT "newsletterId", position, type, "issueId", "editionId", version, number, slug, "formerNumber", "formerSlug",
        at
      FROM positions
    )
    INSERT INTO publication_feeds AS feed (newsletter_id, tag, changed_at)
    SELECT "newsletterId", tag, max(at) FROM positions, unnest(feeds) AS tag GROUP BY "newsletterId", tag
    ON CONFLICT (newsletter_id, tag)
      DO UPDATE SET changed_at = greatest(excluded.changed_at, feed.changed_at + interval '1 ms')`;
}

/**
 * Moves Last-Modified of the newsletter's feeds on, by the trigger of the row. Call it last, for the same reason as
 * logChanges. A newsletter without a log has had no feed with Last-Modified.
 */
export async function markFeedsModified(ctx: Context, newsletterId: string): Promise<void> {
  await ctx.db.publicationLog.updateMany({ where: { newsletterId }, data: { feedsModifiedAt: ctx.now } });
}

/**
 * Appends one entry for each published issue that features one of the papers, and returns the ids of these issues.
 * Call it last, for the same reason as logChanges. It locks the counters in the order of newsletter ids.
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
