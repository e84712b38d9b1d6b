import type pg from 'pg';
import { z } from 'zod';
import type { ParsedQuery } from './parse-query.ts';
import type { Scope } from './scope.ts';

/** Matches that are ranked, the newest: what the order, the facets and the total are of. */
export const MAX_CANDIDATES = 500;
/** The most frequent. */
const MAX_TAGS = 50;

/** A place in the order of hits. */
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
  /** One more than the page, to know whether there is more. */
  keys: z.array(hitKey),
  tags: z.array(z.object({ tag: z.string(), count: z.int() })),
  years: z.array(z.object({ year: z.int(), count: z.int() })),
});
export type Candidates = z.infer<typeof candidates>;

/**
 * PostgreSQL knows how common the words are. It walks the texts of a common one from the newest on until there
 * are enough, and finds those of a rare one by the index of words; either way the archive's size does not matter.
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

/** Not prepared: its plan is for these words alone. */
export function statementFor(
  scope: Scope,
  queries: readonly ParsedQuery[],
  { limit, after, year, tag }: HitFilter,
): pg.QueryConfig {
  const values: unknown[] = [];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const arms = queries.map(({ config, query }) => ({
    config: bind(config, 'text'),
    query: bind(query, 'tsquery'),
  }));
  const conditions = [matchOf(arms)];
  if (scope.newsletterId !== null) conditions.push(`newsletter_id = ${bind(scope.newsletterId, 'uuid')}`);
  if (tag !== undefined) conditions.push(`tags @> ARRAY[${bind(tag, 'text')}]`);
  if (year !== undefined) {
    // The index is of instants; a year begins somewhere in these hours, by the time zone.
    const [from, to] = [new Date(Date.UTC(year - 1, 11, 31)), new Date(Date.UTC(year + 1, 0, 2))];
    conditions.push(`year = ${bind(year, 'int')}`);
    conditions.push(`published_at BETWEEN ${bind(from, 'timestamptz')} AND ${bind(to, 'timestamptz')}`);
  }
  const further = after
    ? `WHERE (rank, published_at, issue_id, -position) < (${bind(after.rank, 'float8')},
        ${bind(new Date(after.publishedAt), 'timestamptz')}, ${bind(after.issueId, 'uuid')},
        -${bind(after.position, 'int')})`
    : '';
  const text = `
    WITH matches AS (
      SELECT issue_id, position, published_at, year, tags, config, document
      FROM published_texts
      WHERE ${conditions.join(' AND ')}
      ORDER BY published_at DESC, issue_id DESC, position DESC LIMIT ${MAX_CANDIDATES}
    ), candidates AS MATERIALIZED (
      SELECT issue_id, position, published_at, year, tags,
        ts_rank(document, ${queryOf(arms)})::float8 AS rank
      FROM matches
    ), page AS (
      SELECT * FROM candidates ${further}
      ORDER BY rank DESC, published_at DESC, issue_id DESC, position LIMIT ${bind(limit + 1, 'int')}
    )
    SELECT (SELECT count(*)::int FROM candidates) AS total,
      (SELECT coalesce(json_agg(json_build_object('rank', rank, 'publishedAt',
        to_char(published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'issueId', issue_id,
        'position', position)), '[]') FROM page) AS keys,
      (SELECT coalesce(json_agg(facet), '[]') FROM (
        SELECT tag, count(*)::int FROM candidates, unnest(tags) AS tag
        GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${MAX_TAGS}) AS facet) AS tags,
      (SELECT coalesce(json_agg(facet), '[]') FROM (
        SELECT year, count(*)::int FROM candidates GROUP BY year ORDER BY year DESC) AS facet) AS years`;
  return { text, values };
}

/** A configuration, and what a text of it has to match: SQL of types text and tsquery. */
export type Arm = { config: string; query: string };

/** Each text is asked in its own configuration alone: what one excludes must not come back by another. */
export function matchOf(arms: readonly Arm[]): string {
  return `(${arms.map(({ config, query }) => `(config = ${config} AND document @@ ${query})`).join(' OR ')})`;
}

function queryOf(arms: readonly Arm[]): string {
  return `CASE config ${arms.map(({ config, query }) => `WHEN ${config} THEN ${query}`).join(' ')} END`;
}
