import type pg from 'pg';

/** Its id. Null: no such newsletter. */
export async function findNewsletter(pool: pg.Pool, slug: string): Promise<string | null> {
  const { rows } = await pool.query<{ id: string }>({
    name: 'find newsletter by slug',
    text: 'SELECT id FROM newsletters WHERE slug = $1',
    values: [slug],
  });
  return rows[0]?.id ?? null;
}
