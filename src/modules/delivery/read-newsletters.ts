import type pg from 'pg';
import { toPage } from '../../page.ts';
import {
  type NextPage,
  type PreparedResponse,
  preparePage,
  prepareResponse,
} from '../../prepared/prepared-response.ts';

type Row = { id: string; slug: string; json: string };

const COLUMNS = `newsletters.id, slug, json_build_object(
  'slug', slug, 'title', title, 'tagline', tagline, 'description', description,
  'language', language, 'timeZone', time_zone, 'links', links)::text AS json`;

export async function readNewsletter(pool: pg.Pool, slug: string): Promise<PreparedResponse | null> {
  const { rows } = await pool.query<Row>({
    name: 'read newsletter',
    text: `SELECT ${COLUMNS} FROM newsletters WHERE slug = $1`,
    values: [slug],
  });
  const [row] = rows;
  return row ? prepareResponse({ body: row.json, keys: [`newsletter:${row.id}`] }) : null;
}

/** By slug. */
export async function readNewsletters(
  pool: pg.Pool,
  { limit, after }: { limit: number; after: string | undefined },
  nextPageOf: (slug: string) => NextPage,
): Promise<PreparedResponse> {
  const { rows } = await pool.query<Row>({
    name: 'read newsletters',
    text: `SELECT ${COLUMNS} FROM newsletters WHERE slug > $1 ORDER BY slug LIMIT $2`,
    values: [after ?? '', limit + 1],
  });
  const { data, next } = toPage(rows, limit, (row) => row.slug);
  const entries = data.map((row) => row.json);
  return preparePage(entries, next === null ? null : nextPageOf(next), ['newsletters']);
}
