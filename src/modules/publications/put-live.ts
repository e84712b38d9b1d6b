import type { Context } from '../../context.ts';
import type { Change } from './changes/change-log.ts';
import type { IssueAddress } from './edition/edition-content.ts';
import { clearIndex, type Listed } from './index/clear-index.ts';
import { TEXTS_CHANNEL } from './index/index-texts.ts';

/** The entry for the change log, and the papers and people whose pages list the issue or listed it before the change. */
export type Outcome = { change: Change; listed: Listed };

/**
 * Makes the staged editions of the issues live, each as the first edition of a publication or as a correction. The caller
 * has locked the issues' rows, and passes the changes to `logChanges` afterwards. The texts become searchable by
 * `indexTexts`.
 */
export async function putLive(ctx: Context, issueIds: readonly string[]): Promise<Outcome[]> {
  const former = await findLive(ctx, issueIds);
  const cleared = new Map(
    former.size === 0 ? [] : (await clearIndex(ctx, [...former.keys()])).map((each) => [each.issueId, each]),
  );
  const moved = await moveStaged(ctx, issueIds);
  await ctx.db.$executeRaw`SELECT pg_notify(${TEXTS_CHANNEL}, '')`;
  return moved.map(({ newsletterId, issueId, editionId, version, publishedAt, at, ...edition }) => {
    const { number, slug } = edition;
    const [live, before] = [former.get(issueId), cleared.get(issueId) ?? NOT_LIVE];
    return {
      change: {
        type: live ? 'corrected' : 'published',
        ...{ newsletterId, issueId, publishedAt, at },
        edition: { id: editionId, version },
        address: { number, slug },
        tags: [...before.tags, ...edition.tags],
        former: live && (live.number !== number || live.slug !== slug) ? live : undefined,
      },
      listed: {
        paperIds: [...new Set([...before.paperIds, ...edition.paperIds])],
        personIds: [...new Set([...before.personIds, ...edition.personIds])],
      },
    };
  });
}

const NOT_LIVE = { tags: [], paperIds: [], personIds: [] };

/** The current public address of each issue that is published. */
async function findLive(ctx: Context, issueIds: readonly string[]): Promise<Map<string, IssueAddress>> {
  const live = await ctx.db.publication.findMany({
    where: { issueId: { in: [...issueIds] } },
    select: { issueId: true, number: true, slug: true },
  });
  return new Map(live.map(({ issueId, ...address }) => [issueId, address]));
}

type Moved = IssueAddress &
  Listed & {
    issueId: string;
    newsletterId: string;
    editionId: string;
    version: number;
    tags: string[];
    publishedAt: Date;
    at: Date;
  };

/** One statement, whatever the number of issues. Only ids and addresses travel to this process. */
function moveStaged(ctx: Context, issueIds: readonly string[]): Promise<Moved[]> {
  return ctx.db.$queryRaw<Moved[]>`
    WITH staged AS (
      UPDATE staged_editions SET live_at = ${ctx.now}::timestamptz WHERE issue_id = ANY (${issueIds}::uuid[])
      RETURNING *
    ), new_edition AS (
      INSERT INTO editions (id, issue_id, version, revision, document, summary, hash, published_at)
      SELECT edition_id, issue_id, version, revision, document, summary, hash, updated_at FROM staged
    ), new_publication AS (
      INSERT INTO publications (issue_id, newsletter_id, edition_id, number, slug, title, tags, published_at)
      SELECT issue_id, newsletter_id, edition_id, number, slug, title, tags, published_at FROM staged
      ON CONFLICT (issue_id) DO UPDATE SET (edition_id, number, slug, title, tags)
        = (excluded.edition_id, excluded.number, excluded.slug, excluded.title, excluded.tags)
    ), archived AS (
      INSERT INTO publication_tags (issue_id, newsletter_id, published_at, number, tag)
      SELECT issue_id, newsletter_id, published_at, number, unnest(tags) FROM staged
    ), tag_uses AS (
      INSERT INTO published_tags (issue_id, newsletter_id, published_at, number, tag, carrier_id, title, anchor)
      SELECT issue_id, newsletter_id, published_at, number, tag, "carrierId", use.title, anchor
      FROM staged, jsonb_to_recordset(uses -> 'tags') AS use (tag text, "carrierId" uuid, title text, anchor text)
    ), author_uses AS (
      INSERT INTO published_people (issue_id, newsletter_id, published_at, number, person_id)
      SELECT issue_id, newsletter_id, published_at, number, person_id::uuid
      FROM staged, jsonb_array_elements_text(uses -> 'personIds') AS person_id
    ), paper_uses AS (
      INSERT INTO published_papers
        (issue_id, newsletter_id, published_at, number, item_id, paper_id, title, anchor, position)
      SELECT issue_id, newsletter_id, published_at, number, "itemId", "paperId", use.title, anchor, position
      FROM staged, jsonb_to_recordset(uses -> 'papers')
        AS use ("itemId" uuid, "paperId" uuid, title text, anchor text, position int)
    ), link_uses AS (
      INSERT INTO published_links
        (issue_id, newsletter_id, published_at, number, position, item_id, url, domain, title, anchor)
      SELECT issue_id, newsletter_id, published_at, number, position, "itemId", url, domain, use.title, anchor
      FROM staged, jsonb_to_recordset(uses -> 'links')
        AS use (position int, "itemId" uuid, url text, domain text, title text, anchor text)
    ), media_uses AS (
      INSERT INTO published_media (issue_id, media_id, file_id)
      SELECT issue_id, "mediaId", "fileId"
      FROM staged, jsonb_to_recordset(uses -> 'files') AS use ("mediaId" uuid, "fileId" uuid)
    )
    SELECT issue_id::text AS "issueId", newsletter_id::text AS "newsletterId", edition_id::text AS "editionId", version,
      number, slug, tags, published_at AS "publishedAt", updated_at AS at,
      ARRAY (SELECT DISTINCT use ->> 'paperId' FROM jsonb_array_elements(uses -> 'papers') AS use) AS "paperIds",
      ARRAY (SELECT jsonb_array_elements_text(uses -> 'personIds')) AS "personIds"
    FROM staged ORDER BY newsletter_id, published_at, number`;
}
