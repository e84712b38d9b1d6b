import pg from 'pg';
import { z } from 'zod';

/** The memory for building one index. */
const SORT_MEMORY = '256MB';

const indexes = z.array(z.object({ name: z.string(), definition: z.string() }));

/**
 * Drops all indexes of the tables except those of constraints, runs `work`, and creates them again. Building an index
 * over all rows takes a fraction of the time of updating it for each row. The transaction of `client` blocks all
 * readers of these tables until it ends.
 */
export async function withoutIndexes<T>(
  client: pg.ClientBase,
  tables: readonly string[],
  work: () => Promise<T>,
): Promise<T> {
  const dropped = await findIndexes(client, tables);
  for (const { name } of dropped) await client.query(`DROP INDEX ${pg.escapeIdentifier(name)}`);
  const result = await work();
  await client.query(`SET LOCAL maintenance_work_mem = '${SORT_MEMORY}'`);
  for (const { definition } of dropped) await client.query(definition);
  return result;
}

async function findIndexes(client: pg.ClientBase, tables: readonly string[]) {
  const { rows } = await client.query(
    `SELECT relname AS name, pg_get_indexdef(indexrelid) AS definition
     FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
     WHERE indrelid = ANY ($1::regclass[])
       AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)`,
    [tables],
  );
  return indexes.parse(rows);
}
