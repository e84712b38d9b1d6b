import type { Context } from '../../context.ts';
import type { ChangeType } from '../../database/generated/client.ts';

/** What happened to what readers see of an issue. */
export type Change = {
  type: ChangeType;
  newsletterId: string;
  issueId: string;
  edition: { id: string; version: number };
  /** By which readers know it, or knew it. */
  address: Address;
  /** By which they knew it before a correction. */
  former?: Address | undefined;
};

type Address = { number: number; slug: string };

/**
 * Adds to the log of the newsletter, which is followed by position. The row that counts positions stays locked
 * until the commit, so that position order is commit order: of one that was rolled back no gap stays, and a
 * reader never meets a position before those under it.
 *
 * The last statement of a transaction: it locks the counter of one newsletter and then waits for nothing more,
 * so no two of them wait for each other. Who publishes issues of several newsletters in one outer transaction
 * holds several counters; two of that kind at once could, and PostgreSQL would refuse one as a deadlock. The
 * only one there is loads the sample, under an advisory lock.
 */
export async function recordChange(ctx: Context, change: Change): Promise<void> {
  const { type, newsletterId, issueId, edition, address, former } = change;
  await ctx.db.$executeRaw`
    WITH log AS (
      INSERT INTO publication_logs AS log (newsletter_id, last_position) VALUES (${newsletterId}::uuid, 1)
      ON CONFLICT (newsletter_id) DO UPDATE SET last_position = log.last_position + 1
      RETURNING last_position
    )
    INSERT INTO publication_changes (newsletter_id, position, type, issue_id, edition_id, version,
      number, slug, former_number, former_slug, at)
    SELECT ${newsletterId}::uuid, last_position, ${type}::change_type, ${issueId}::uuid, ${edition.id}::uuid,
      ${edition.version}::int, ${address.number}::int, ${address.slug}, ${former?.number ?? null}::int,
      ${former?.slug ?? null}, ${ctx.now}::timestamptz
    FROM log`;
}

/**
 * Adds one entry for each published issue that features one of the papers, and answers with the newsletters of these.
 * As above the last statement: it locks their counters, always in one order. OFFSET keeps the planner from joining what
 * it is to look up for each issue, for which it might read all that is published.
 */
export async function recordStatusChanges(ctx: Context, paperIds: readonly string[]): Promise<string[]> {
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
    ), entries AS (
      INSERT INTO publication_changes
        (newsletter_id, position, type, issue_id, edition_id, version, number, slug, at)
      SELECT newsletter_id, last_position - changes + place, 'paper_status', issue_id, edition_id, version,
        number, slug, ${ctx.now}::timestamptz
      FROM featuring JOIN log USING (newsletter_id) JOIN counted USING (newsletter_id)
    )
    SELECT newsletter_id::text AS id FROM log`;
  return rows.map(({ id }) => id);
}
