import type pg from 'pg';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';

/** Uses of a paper that its page lists at most, newest first. */
const MAX_FEATURED_IN = 100;

const READ_PAPER = `
  SELECT json_build_object(
    'id', papers.id, 'title', papers.title, 'authors', authors, 'year', year, 'venue', venue,
    'abstract', abstract, 'arxivId', arxiv_id, 'doi', doi, 'links', papers.links,
    'featuredIn', featured.list,
    'featuredTotal', (SELECT count(*) FROM published_papers WHERE paper_id = papers.id))::text AS json
  FROM papers, LATERAL (
    SELECT json_agg(json_build_object(
      'newsletter', json_build_object('slug', use.newsletter_slug, 'title', use.newsletter_title),
      'issue', json_build_object('number', use.number, 'slug', use.slug, 'title', use.issue_title,
        'publishedAt', to_char(use.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
      'item', json_build_object('id', use.item_id, 'title', use.title, 'anchor', use.anchor))
      ORDER BY use.published_at DESC, use.number DESC, use.item_id) AS list
    FROM (
      SELECT published_papers.item_id, published_papers.title, published_papers.anchor,
        publications.number, publications.slug, publications.title AS issue_title, publications.published_at,
        newsletters.slug AS newsletter_slug, newsletters.title AS newsletter_title
      FROM published_papers
      JOIN publications USING (issue_id)
      JOIN newsletters ON newsletters.id = publications.newsletter_id
      WHERE published_papers.paper_id = papers.id
      ORDER BY publications.published_at DESC, publications.number DESC, published_papers.item_id
      LIMIT ${MAX_FEATURED_IN}
    ) AS use
  ) AS featured
  WHERE papers.id = $1 AND featured.list IS NOT NULL`;

/** Null: unknown, or in no published issue. */
export async function readPaper(pool: pg.Pool, id: string): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<{ json: string }>({ name: 'read paper', text: READ_PAPER, values: [id] });
  const [row] = rows;
  return row ? prepareResponse({ body: row.json, keys: [`paper:${id}`, 'issues', 'newsletters'] }) : null;
}
