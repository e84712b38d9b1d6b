import pg from 'pg';

/** Over a connection of its own, as the statements that make and drop databases need. */
export async function runOnServer(url: string, sql: string): Promise<void> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
