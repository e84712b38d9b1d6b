import type pg from 'pg';
import { type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import { presentStoredPaper, storedPaper } from '../papers/stored-paper.ts';

/** Uses of a paper that its page lists at most, newest first. */
const MAX_FEATURED_IN = 100;
/** How far uses are counted. */
const MAX_FEATURED_TOTAL = 1000;

/** Of one paper, the newest first, as an index has them; without an order a whole table would be read. */
const NEWEST_FIRST = `
  FROM published_papers WHERE paper_id = papers.id
  ORDER BY published_at DESC, number DESC, item_id LIMIT`;

const READ_PAPER = `
  SELECT ${storedPaper('papers')} AS paper,
    (
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
    )::text AS "featuredIn",
    (SELECT count(*)::int FROM (SELECT ${NEWEST_FIRST} ${MAX_FEATURED_TOTAL}) AS counted) AS "featuredTotal"
  FROM papers
  WHERE papers.id = $1 AND (SELECT true ${NEWEST_FIRST} 1)`;

const READ_MERGED = 'SELECT paper_id AS id FROM merged_papers WHERE id = $1';

type Row = {
  paper: unknown;
  /** JSON text */
  featuredIn: string;
  featuredTotal: number;
};

/** Null: unknown, or in no published issue. One that was merged is read as what it became. */
export async function readPaper(pool: pg.Pool, id: string): Promise<PreparedResponse | null> {
  const found = await findFeatured(pool, id);
  if (found) return prepare(id, found);
  const { rows } = await pool.query<{ id: string }>({ name: 'read merged', text: READ_MERGED, values: [id] });
  const [merged] = rows;
  const paper = merged ? await findFeatured(pool, merged.id) : null;
  return merged && paper ? prepare(merged.id, paper) : null;
}

async function findFeatured(pool: pg.Pool, id: string): Promise<Row | null> {
  const { rows } = await pool.query<Row>({ name: 'read paper', text: READ_PAPER, values: [id] });
  return rows[0] ?? null;
}

function prepare(id: string, { paper, featuredIn, featuredTotal }: Row): PreparedResponse {
  const fields = JSON.stringify({ ...presentStoredPaper(paper), featuredTotal });
  return prepareResponse({
    body: `${fields.slice(0, -1)},"featuredIn":${featuredIn}}`,
    keys: [`paper:${id}`, 'issues', 'newsletters'],
  });
}
