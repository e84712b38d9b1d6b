import type pg from 'pg';
import { notFound } from '../../errors.ts';
import { toPage } from '../../lib/page.ts';
import { ANY, cacheKey, keysOfScope } from '../../prepared/cache-keys.ts';
import { type NextPage, type PreparedResponse, preparePage } from '../../prepared/prepared-response.ts';
import { useAsJson } from '../delivery/use-as-json.ts';
import { findNewsletterId } from './find-newsletter-id.ts';
import type { UseKey } from './schemas.ts';
import { type FeaturedKind, USE_TABLES, type UseTable } from './use-tables.ts';

/** `name` is the paper's id, the person's slug, the tag or the domain. */
export type Featured = { kind: FeaturedKind; name: string };
export type UsesQuery = { limit: number; after: UseKey | undefined; newsletterSlug: string | undefined };

/** Every row has the key of what is featured. If there is no such use, there is one row, which has only the key. */
type Row = { key: string } & (Use | { json: null });
type Use = {
  json: string;
  /** Milliseconds since 1970, which are faster to parse than a date. */
  publishedAt: number;
  number: number;
  user: string;
};

/** Returns null for a paper or person that no published issue features. */
export async function readUses(
  pool: pg.Pool,
  featured: Featured,
  query: UsesQuery,
  nextPageOf: (key: UseKey) => NextPage,
): Promise<PreparedResponse | null> {
  const newsletterId = await findScope(pool, query.newsletterSlug);
  const { rows } = await pool.query<Row>(statementFor(featured, query, newsletterId));
  const [first] = rows;
  if (!first) return null;
  const uses = rows.filter((row) => row.json !== null);
  const { data, next } = toPage(uses, query.limit, ({ publishedAt, number, user }) => ({
    publishedAt: new Date(publishedAt).toISOString(),
    number,
    user,
  }));
  const entries = data.map(({ json }) => json);
  const keys = keysOf(featured.kind, first.key, newsletterId);
  return preparePage(entries, next === null ? null : nextPageOf(next), keys);
}

/** The id of the newsletter to which the uses are limited. Null: all newsletters. */
async function findScope(pool: pg.Pool, slug: string | undefined): Promise<string | null> {
  if (slug === undefined) return null;
  const id = await findNewsletterId(pool, slug);
  if (id === null) throw notFound('newsletter');
  return id;
}

/**
 * Publishing an issue invalidates the keys of the papers and people that it features. Tags and domains have no keys, so
 * their lists are invalidated with any issue.
 */
function keysOf(kind: FeaturedKind, key: string, newsletterId: string | null): string[] {
  const newsletter = newsletterId === null ? ANY.newsletter : cacheKey.newsletter(newsletterId);
  if (kind === 'papers') return [cacheKey.paper(key), newsletter];
  return kind === 'people' ? [cacheKey.person(key), newsletter] : keysOfScope(newsletterId);
}

/** The largest `limit` and one more. As a constant it gives the planner a row estimate; a parameter does not. */
const MAX_ROWS = 101;

/** Each combination of filters is a prepared statement of its own, and so has its own plan. */
function statementFor(
  { kind, name }: Featured,
  { limit, after }: UsesQuery,
  newsletterId: string | null,
): pg.QueryConfig {
  const table = USE_TABLES[kind];
  const values: unknown[] = [name, limit + 1];
  const bind = (value: unknown, type: string) => `$${values.push(value)}::${type}`;
  const conditions = [`${table.key} = featured.key`];
  if (newsletterId !== null) conditions.push(`newsletter_id = ${bind(newsletterId, 'uuid')}`);
  const ranges = after ? rangesAfter(table, after, bind) : ['true'];
  const text = `
    SELECT featured.key, page.*
    FROM (${FIND[kind]}) AS featured LEFT JOIN LATERAL (
      SELECT ${useAsJson(table.item)}::text AS json,
        (extract(epoch FROM use.published_at) * 1000)::float8 AS "publishedAt", use.number, use.${table.user} AS "user"
      FROM (${ranges.map((range) => readRange(table, [...conditions, range])).join(' UNION ALL ')}) AS use
    ) AS page ON true
    ORDER BY page."publishedAt" DESC, page.number DESC, page."user" LIMIT $2::int`;
  return { name: `read uses of ${kind}: ${[newsletterId && 'newsletter', after && 'cursor']}`, text, values };
}

/**
 * Finds the key of what is featured, or no row. The id of a merged paper finds the paper that replaced it. The ORDER BY
 * in the subqueries makes the planner use an index: without it, it may read the whole table.
 */
const FIND: Record<FeaturedKind, string> = {
  papers: `
    SELECT key FROM (
      SELECT coalesce((SELECT paper_id FROM merged_papers WHERE id = $1::uuid), $1::uuid) AS key
    ) AS named
    WHERE (SELECT true FROM published_papers WHERE paper_id = named.key ORDER BY published_at DESC LIMIT 1)`,
  people: `
    SELECT id AS key FROM people WHERE slug = $1::text
      AND (SELECT true FROM published_people WHERE person_id = people.id ORDER BY published_at DESC LIMIT 1)`,
  tags: 'SELECT $1::text AS key',
  domains: 'SELECT $1::text AS key',
};

/**
 * The rest of the issue in which the previous page ended, and all older issues. As two conditions, each is one range of
 * an index; joined by OR they are not.
 */
function rangesAfter(
  { user }: UseTable,
  { publishedAt, number, user: last }: UseKey,
  bind: (value: unknown, type: string) => string,
): string[] {
  const [at, its] = [bind(new Date(publishedAt), 'timestamptz'), bind(number, 'int')];
  return [
    `published_at = ${at} AND number = ${its} AND ${user} > ${bind(last, 'uuid')}`,
    `(published_at, number) < (${at}, ${its})`,
  ];
}

function readRange({ table, user }: UseTable, conditions: readonly string[]): string {
  return `
    (SELECT * FROM (
      SELECT * FROM ${table} WHERE ${conditions.join(' AND ')}
      ORDER BY published_at DESC, number DESC, ${user} LIMIT ${MAX_ROWS}
    ) AS newest LIMIT $2::int)`;
}
