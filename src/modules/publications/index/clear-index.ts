import type { Context } from '../../../context.ts';

/** Papers and people whose public pages list the issue. */
export type Listed = { paperIds: string[]; personIds: string[] };

/** What the live edition had: the tags of the issue, and the papers and people that listed it. */
type Cleared = { tags: string[]; listed: Listed };

/** Deletes the rows of the live edition from the index tables. */
export async function clearIndex(ctx: Context, issueId: string): Promise<Cleared> {
  const [{ tags, ...listed }] = await ctx.db.$queryRaw<[Listed & { tags: string[] }]>`
    WITH live AS (SELECT ${issueId}::uuid AS id),
      cleared_archive AS (DELETE FROM publication_tags WHERE issue_id = (SELECT id FROM live) RETURNING tag),
      cleared_tags AS (DELETE FROM published_tags WHERE issue_id = (SELECT id FROM live)),
      cleared_links AS (DELETE FROM published_links WHERE issue_id = (SELECT id FROM live)),
      cleared_media AS (DELETE FROM published_media WHERE issue_id = (SELECT id FROM live)),
      cleared_texts AS (DELETE FROM published_texts WHERE issue_id = (SELECT id FROM live)),
      cleared_people AS (DELETE FROM published_people WHERE issue_id = (SELECT id FROM live) RETURNING person_id),
      cleared_papers AS (DELETE FROM published_papers WHERE issue_id = (SELECT id FROM live) RETURNING paper_id)
    SELECT ARRAY (SELECT tag FROM cleared_archive) AS tags,
      ARRAY (SELECT DISTINCT paper_id::text FROM cleared_papers) AS "paperIds",
      ARRAY (SELECT person_id::text FROM cleared_people) AS "personIds"`;
  return { tags, listed };
}
