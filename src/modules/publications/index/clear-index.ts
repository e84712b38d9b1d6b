import type { Context } from '../../../context.ts';

/** Papers and people whose public pages list the issue. */
export type Listed = { paperIds: string[]; personIds: string[] };

/** What the live edition had: the tags of the issue, and the papers and people that listed it. */
export type Cleared = { issueId: string; tags: string[] } & Listed;

/** Deletes the rows of the live editions from the index tables. */
export function clearIndex(ctx: Context, issueIds: readonly string[]): Promise<Cleared[]> {
  return ctx.db.$queryRaw<Cleared[]>`
    WITH live AS (SELECT unnest(${issueIds}::uuid[]) AS id),
      cleared_archive AS (DELETE FROM publication_tags USING live WHERE issue_id = id RETURNING issue_id, tag),
      cleared_tags AS (DELETE FROM published_tags USING live WHERE issue_id = id),
      cleared_links AS (DELETE FROM published_links USING live WHERE issue_id = id),
      cleared_media AS (DELETE FROM published_media USING live WHERE issue_id = id),
      cleared_texts AS (DELETE FROM published_texts USING live WHERE issue_id = id),
      cleared_people AS (DELETE FROM published_people USING live WHERE issue_id = id RETURNING issue_id, person_id),
      cleared_papers AS (DELETE FROM published_papers USING live WHERE issue_id = id RETURNING issue_id, paper_id)
    SELECT id::text AS "issueId",
      ARRAY (SELECT tag FROM cleared_archive WHERE issue_id = id) AS tags,
      ARRAY (SELECT DISTINCT paper_id::text FROM cleared_papers WHERE issue_id = id) AS "paperIds",
      ARRAY (SELECT person_id::text FROM cleared_people WHERE issue_id = id) AS "personIds"
    FROM live`;
}
