import type { Context } from '../../../context.ts';

/** Papers and people whose public pages list the issue. */
export type Listed = { paperIds: string[]; personIds: string[] };

/** Deletes the rows of the live edition from the index tables. Returns the papers and people that listed the issue. */
export async function clearIndex(ctx: Context, issueId: string): Promise<Listed> {
  const [listed] = await ctx.db.$queryRaw<[Listed]>`
    WITH live AS (SELECT ${issueId}::uuid AS id),
      cleared_archive AS (DELETE FROM publication_tags WHERE issue_id = (SELECT id FROM live)),
      cleared_tags AS (DELETE FROM published_tags WHERE issue_id = (SELECT id FROM live)),
      cleared_links AS (DELETE FROM published_links WHERE issue_id = (SELECT id FROM live)),
      cleared_media AS (DELETE FROM published_media WHERE issue_id = (SELECT id FROM live)),
      cleared_texts AS (DELETE FROM published_texts WHERE issue_id = (SELECT id FROM live)),
      cleared_people AS (DELETE FROM published_people WHERE issue_id = (SELECT id FROM live) RETURNING person_id),
      cleared_papers AS (DELETE FROM published_papers WHERE issue_id = (SELECT id FROM live) RETURNING paper_id)
    SELECT ARRAY (SELECT DISTINCT paper_id::text FROM cleared_papers) AS "paperIds",
      ARRAY (SELECT person_id::text FROM cleared_people) AS "personIds"`;
  return listed;
}
