import type pg from 'pg';

/** The only table to which the migrations add a row. */
export const INSTALLATION_TABLE = 'installation';

const IS_THERE = `SELECT to_regclass('installation') IS NOT NULL AS "isThere"`;

/** The id of the database, which the marker in its media storage repeats. Null if the database is not migrated. */
export async function readInstallationId(client: pg.ClientBase): Promise<string | null> {
  const found = await client.query<{ isThere: boolean }>(IS_THERE);
  if (!found.rows[0]?.isThere) return null;
  const { rows } = await client.query<{ id: string }>('SELECT id FROM installation');
  return rows[0]?.id ?? null;
}

export async function changeInstallationId(client: pg.ClientBase, id: string): Promise<void> {
  await client.query('UPDATE installation SET id = $1', [id]);
}
