import type pg from 'pg';
import type { Representation } from '../../bibliography/representations.ts';
import { writeReference } from '../../bibliography/write-references.ts';
import { withMembers } from '../../lib/json-text.ts';
import { ANY, cacheKey } from '../../prepared/cache-keys.ts';
import type { KeyedBody } from '../../prepared/prepared-response.ts';
import { paperToCsl } from '../papers/csl/to-csl.ts';
import { presentStoredPaper, storedPaper } from '../papers/record/stored-paper.ts';
import { itemAsJson, useAsJson } from './use-as-json.ts';

/** Uses that `featuredIn` lists. */
const MAX_FEATURED_IN = 100;
/** Uses that `featuredTotal` counts. */
const MAX_FEATURED_TOTAL = 1000;

/** The order matches an index. Without it the planner may read the whole table. */
const NEWEST_FIRST = `
  FROM published_papers WHERE paper_id = papers.id
  ORDER BY published_at DESC, number DESC, item_id LIMIT`;

const READ_PAPER = `
  SELECT ${storedPaper('papers')} AS paper,
    (
      SELECT json_agg(${useAsJson(itemAsJson('item_id'))}
        ORDER BY use.published_at DESC, use.number DESC, use.item_id)
      FROM (SELECT * ${NEWEST_FIRST} ${MAX_FEATURED_IN}) AS use
    )::text AS "featuredIn",
    (SELECT count(*)::int FROM (SELECT ${NEWEST_FIRST} ${MAX_FEATURED_TOTAL}) AS counted) AS "featuredTotal"
  FROM papers
  WHERE papers.id = $1 AND (SELECT true ${NEWEST_FIRST} 1)`;

/** A reference does not contain the uses of the paper. */
const READ_REFERENCE = `
  SELECT ${storedPaper('papers')} AS paper
  FROM papers
  WHERE papers.id = $1 AND (SELECT true ${NEWEST_FIRST} 1)`;

const READ_MERGED = 'SELECT paper_id AS id FROM merged_papers WHERE id = $1';

type Row = { paper: unknown };
type PageRow = Row & {
  /** JSON text. */
  featuredIn: string;
  featuredTotal: number;
};

/**
 * Returns null if the paper is unknown or no published issue features it. The id of a merged paper finds the paper that
 * replaced it.
 */
export function readPaper(
  pool: pg.Pool,
  id: string,
  representation: Representation,
): Promise<KeyedBody | null> {
  if (representation === 'json') {
    const page = { name: 'read paper', text: READ_PAPER };
    return readFeatured<PageRow>(pool, id, page, (row) => [writePage(row), ANY.newsletter]);
  }
  const reference = { name: 'read reference', text: READ_REFERENCE };
  const write = ({ paper }: Row) => writeReference(paperToCsl(presentStoredPaper(paper)), representation);
  return readFeatured<Row>(pool, id, reference, (row) => [write(row)]);
}

/** `write` returns the body and any cache keys besides the paper's own. */
async function readFeatured<R extends Row>(
  pool: pg.Pool,
  id: string,
  statement: { name: string; text: string },
  write: (row: R) => [body: string, ...keys: string[]],
): Promise<KeyedBody | null> {
  const find = async (id: string) => (await pool.query<R>({ ...statement, values: [id] })).rows[0];
  const found = await find(id);
  const current = found ? id : await findMerged(pool, id);
  const row = found ?? (current === null ? undefined : await find(current));
  if (!row) return null;
  const [body, ...keys] = write(row);
  return { body, keys: [cacheKey.paper(current ?? id), ...keys] };
}

async function findMerged(pool: pg.Pool, id: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>({ name: 'read merged', text: READ_MERGED, values: [id] });
  return rows[0]?.id ?? null;
}

function writePage({ paper, featuredIn, featuredTotal }: PageRow): string {
  return withMembers(JSON.stringify({ ...presentStoredPaper(paper), featuredTotal }), { featuredIn });
}
