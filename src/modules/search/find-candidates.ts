import type pg from 'pg';
import { z } from 'zod';
import { timestampAsText } from '../../lib/timestamp-as-text.ts';
import { type Bind, bindQueries, bindTo, type ConfigQuery, matchCondition } from './query/match-texts.ts';
import type { ParsedQuery } from './query/parse-query.ts';
import type { Scope } from './query/scope.ts';

/** Only this many of the newest matches are ranked. The total and the facets count these. */
export const MAX_CANDIDATES = 500;
const MAX_TAGS = 50;

/** The position of a hit in the result order, used as the page cursor. */
export const hitKey = z.strictObject({
  rank: z.number(),
  publishedAt: z.iso.datetime(),
  issueId: z.uuid(),
  position: z.int32().min(0),
});
export type HitKey = z.infer<typeof hitKey>;

export type HitFilter = {
  limit: number;
  after: HitKey | undefined;
  year?: number | undefined;
  tag?: string | undefined;
};

const candidates = z.object({
  total: z.int(),
  /** Up to `limit + 1` keys, so that the caller knows whether another page follows. */
  keys: z.array(hitKey),
  /** The most frequent tags first */
  tags: z.array(z.object({ tag: z.string(), count: z.int() })),
  years: z.array(z.object({ year: z.int(), count: z.int() })),
});
export type Candidates = z.infer<typeof candidates>;

/**
 * The planner chooses by word frequency. For a common word it scans texts from the newest until LIMIT is reached; for a
 * rare word it uses the GIN index on `document`. Neither plan slows down as the archive grows.
 */
export async function findCandidates(
  client: pg.ClientBase,
  scope: Scope,
  queries: readonly ParsedQuery[],
  filter: HitFilter,
): Promise<Candidates> {
  if (queries.length === 0) return { total: 0, keys: [], tags: [], years: [] };
  const { rows } = await client.query(statementFor(scope, queries, filter));
  return candidates.parse(rows[0]);
}

/** Not a prepared statement: the plan depends on how common these words are. */
function statementFor(scope: Scope, queries: readonly ParsedQuery[], filter: HitFilter): pg.QueryConfig {
  const values: unknown[] = [];
  const bind = bindTo(values);
  const configQueries = bindQueries(queries, bind);
  const conditions = [matchCondition(configQueries, scope, bind), ...filterConditions(filter, bind)];
  const text = `
    WITH matches AS (
      SELECT issue_id, position, published_at, year, tags, config, document
      FROM published_texts
      WHERE ${conditions.join(' AND ')}
      ORDER BY published_at DESC, issue_id DESC, position DESC LIMIT ${MAX_CANDIDATES}
    ), candidates AS MATERIALIZED (
      SELECT issue_id, position, published_at, year, tags,
        ts_rank(document, ${queryForRow(configQueries)})::float8 AS rank
      FROM matches
    ), page AS (
      SELECT * FROM candidates ${afterCursor(filter.after, bind)}
      ORDER BY rank DESC, published_at DESC, issue_id DESC, position LIMIT ${bind(filter.limit + 1, 'int')}
    )
    ${SELECT_RESULT}`;
  return { text, values };
}

function filterConditions({ tag, year }: HitFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (tag !== undefined) conditions.push(`tags @> ARRAY[${bind(tag, 'text')}]`);
  if (year !== undefined) {
    conditions.push(`year = ${bind(year, 'int')}`);
    // `year` is local to the newsletter, but the index holds UTC instants. One day on either side covers every time zone.
    const [from, to] = [new Date(Date.UTC(year - 1, 11, 31)), new Date(Date.UTC(year + 1, 0, 2))];
    conditions.push(`published_at BETWEEN ${bind(from, 'timestamptz')} AND ${bind(to, 'timestamptz')}`);
  }
  return conditions;
}

function queryForRow(configQueries: readonly ConfigQuery[]): string {
  return `CASE config ${configQueries.map(({ config, query }) => `WHEN ${config} THEN ${query}`).join(' ')} END`;
}

function afterCursor(after: HitKey | undefined, bind: Bind): string {
  if (!after) return '';
  const place = [
    bind(after.rank, 'float8'),
    bind(new Date(after.publishedAt), 'timestamptz'),
    bind(after.issueId, 'uuid'),
    `-${bind(after.position, 'int')}`,
  ];
  return `WHERE (rank, published_at, issue_id, -position) < (${place.join(', ')})`;
}

const SELECT_RESULT = `
  SELECT (SELECT count(*)::int FROM candidates) AS total,
    (SELECT coalesce(json_agg(json_build_object('rank', rank, 'publishedAt', ${timestampAsText('published_at')},
      'issueId', issue_id, 'position', position)), '[]') FROM page) AS keys,
    (SELECT coalesce(json_agg(facet), '[]') FROM (
      SELECT tag, count(*)::int FROM candidates, unnest(tags) AS tag
      GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${MAX_TAGS}) AS facet) AS tags,
    (SELECT coalesce(json_agg(facet), '[]') FROM (
      SELECT year, count(*)::int FROM candidates GROUP BY year ORDER BY year DESC) AS facet) AS years`;
