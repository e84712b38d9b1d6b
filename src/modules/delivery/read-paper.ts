import type pg from 'pg';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';

/** Uses of a paper that its page lists at most, newest first. */
const MAX_FEATURED_IN = 100;
/** How far uses are counted. */
const MAX_FEATURED_TOTAL = 1000;

/** Of one paper, the newest first, as an index has them; without an order a whole table would be read. */
const NEWEST_FIRST = `
  FROM published_papers WHERE paper_id = papers.id
  ORDER BY published_at DESC, number DESC, item_id LIMIT`;

const READ_PAPER = `
  SELECT json_build_object(
    'id', papers.id, 'title', papers.title, 'authors', authors, 'year', year, 'venue', venue,
    'abstract', abstract, 'arxivId', arxiv_id, 'doi', doi, 'links', papers.links,
    'featuredIn', (
      SELECT json_agg(json_build_object(
        'newsletter', json_build_object('slug', newsletters.slug, 'title', newsletters.title),
        'issue', (
          SELECT json_build_object('number', number, 'slug', slug, 'title', title,
            'publishedAt', to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))
          FROM publications WHERE issue_id = use.issue_id
        ),
        'item', json_build_object('id', use.item_id, 'title', use.title, 'anchor', use.anchor))
        ORDER BY use.published_at DESC, use.number DESC, use.item_id)
      FROM (SELECT * ${NEWEST_FIRST} ${MAX_FEATURED_IN}) AS use
      JOIN newsletters ON newsletters.id = use.newsletter_id
    ),
    'featuredTotal', (SELECT count(*) FROM (SELECT ${NEWEST_FIRST} ${MAX_FEATURED_TOTAL}) AS counted))::text AS json
  FROM papers
  WHERE papers.id = $1 AND (SELECT true ${NEWEST_FIRST} 1)`;

/** Null: unknown, or in no published issue. */
export async function readPaper(pool: pg.Pool, id: string): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<{ json: string }>({ name: 'read paper', text: READ_PAPER, values: [id] });
  const [row] = rows;
  return row ? prepareResponse({ body: row.json, keys: [`paper:${id}`, 'issues', 'newsletters'] }) : null;
}
