import type pg from 'pg';
import { z } from 'zod';
import { timestampAsText } from '../../lib/timestamp-as-text.ts';
import { type Arm, armsOf, type Bind, bindTo, matchesOf } from './query/match-texts.ts';
import type { ParsedQuery } from './query/parse-query.ts';
import type { Scope } from './query/scope.ts';

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
function statementFor(scope: Scope, queries: readonly ParsedQuery[], filter: HitFilter): pg.QueryConfig {
  const values: unknown[] = [];
  const bind = bindTo(values);
  const arms = armsOf(queries, bind);
  const conditions = [matchesOf(arms, scope, bind), ...conditionsOf(filter, bind)];
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
      SELECT * FROM candidates ${furtherThan(filter.after, bind)}
      ORDER BY rank DESC, published_at DESC, issue_id DESC, position LIMIT ${bind(filter.limit + 1, 'int')}
    )
    ${TELL}`;
  return { text, values };
}

function conditionsOf({ tag, year }: HitFilter, bind: Bind): string[] {
  const conditions: string[] = [];
  if (tag !== undefined) conditions.push(`tags @> ARRAY[${bind(tag, 'text')}]`);
  if (year !== undefined) {
    conditions.push(`year = ${bind(year, 'int')}`);
    // The index is of instants: in these two days the year ends, or begins, in one time zone or another.
    const [from, to] = [new Date(Date.UTC(year - 1, 11, 31)), new Date(Date.UTC(year + 1, 0, 2))];
    conditions.push(`published_at BETWEEN ${bind(from, 'timestamptz')} AND ${bind(to, 'timestamptz')}`);
  }
  return conditions;
}

function queryOf(arms: readonly Arm[]): string {
  return `CASE config ${arms.map(({ config, query }) => `WHEN ${config} THEN ${query}`).join(' ')} END`;
}

function furtherThan(after: HitKey | undefined, bind: Bind): string {
  if (!after) return '';
  const place = [
    bind(after.rank, 'float8'),
    bind(new Date(after.publishedAt), 'timestamptz'),
    bind(after.issueId, 'uuid'),
    `-${bind(after.position, 'int')}`,
  ];
  return `WHERE (rank, published_at, issue_id, -position) < (${place.join(', ')})`;
}

const TELL = `
  SELECT (SELECT count(*)::int FROM candidates) AS total,
    (SELECT coalesce(json_agg(json_build_object('rank', rank, 'publishedAt', ${timestampAsText('published_at')},
      'issueId', issue_id, 'position', position)), '[]') FROM page) AS keys,
    (SELECT coalesce(json_agg(facet), '[]') FROM (
      SELECT tag, count(*)::int FROM candidates, unnest(tags) AS tag
      GROUP BY tag ORDER BY count(*) DESC, tag LIMIT ${MAX_TAGS}) AS facet) AS tags,
    (SELECT coalesce(json_agg(facet), '[]') FROM (
      SELECT year, count(*)::int FROM candidates GROUP BY year ORDER BY year DESC) AS facet) AS years`;
