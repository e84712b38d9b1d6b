import type pg from 'pg';

export type NewestIssue = { newsletterSlug: string; newsletterTitle: string; number: number; title: string };

/** The issue that was published last, in any newsletter. The order matches publications_newest_idx. */
export async function findNewestIssue(pool: pg.Pool): Promise<NewestIssue | null> {
  const { rows } = await pool.query<NewestIssue>({
    name: 'find newest issue',
    text: `SELECT newsletters.slug AS "newsletterSlug", newsletters.title AS "newsletterTitle",
             publications.number, publications.title
           FROM publications JOIN newsletters ON newsletters.id = newsletter_id
           ORDER BY published_at AT TIME ZONE 'UTC' DESC, number DESC LIMIT 1`,
  });
  return rows[0] ?? null;
}
