import type pg from 'pg';

/** Returns null if the newsletter does not exist. */
export async function findNewsletterId(pool: pg.Pool, slug: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'find newsletter by slug',
    text: 'SELECT id FROM newsletters WHERE slug = $1',
    values: [slug],
  });
  return rows[0]?.id ?? null;
}
