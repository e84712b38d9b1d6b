import pg from 'pg';
import { BackupError } from './backup-error.ts';

export type Table = Readonly<{ name: string; columns: readonly string[] }>;

/**
 * Every table of the schema with the columns that are not generated, so that a later table is in the backup without a change
 * here. Tables of extensions and the history of migrations are left out: CREATE EXTENSION and the migrations fill them.
 */
const TABLES = `
  SELECT tables.relname AS name, array_agg(attname::text ORDER BY attnum) AS columns
  FROM pg_class tables
  JOIN pg_namespace schemas ON schemas.oid = relnamespace AND nspname = current_schema()
  JOIN pg_attribute ON attrelid = tables.oid AND attnum > 0 AND NOT attisdropped AND attgenerated = ''
  WHERE relkind = 'r' AND tables.relname <> '_prisma_migrations' AND NOT EXISTS (
    SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = tables.oid AND deptype = 'e'
  )
  GROUP BY tables.relname ORDER BY tables.relname`;

/** A table that refers to itself is left out: PostgreSQL checks foreign keys at the end of COPY. */
const REFERENCES = `
  SELECT children.relname AS child, parents.relname AS parent
  FROM pg_constraint
  JOIN pg_class children ON children.oid = conrelid
  JOIN pg_class parents ON parents.oid = confrelid
  JOIN pg_namespace schemas ON schemas.oid = children.relnamespace AND nspname = current_schema()
  WHERE contype = 'f' AND conrelid <> confrelid`;

/** Sequences that were used. A later value than that of the snapshot does no harm. */
const SEQUENCES = `
  SELECT sequencename AS name, last_value::text AS "lastValue" FROM pg_sequences
  WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename`;

const TRIGGERED = `
  SELECT DISTINCT tables.relname AS name FROM pg_trigger
  JOIN pg_class tables ON tables.oid = tgrelid
  JOIN pg_namespace schemas ON schemas.oid = relnamespace AND nspname = current_schema()
  WHERE NOT tgisinternal AND tgenabled = 'O'`;

export async function listTables(client: pg.ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(TABLES);
  return rows;
}

export async function listSequences(client: pg.ClientBase): Promise<{ name: string; lastValue: string }[]> {
  const { rows } = await client.query<{ name: string; lastValue: string }>(SEQUENCES);
  return rows;
}

/** Tables with triggers other than those of foreign keys. */
export async function listTriggeredTables(client: pg.ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(TRIGGERED);
  return rows.map(({ name }) => name);
}

/** Orders tables so that each one comes after those that its foreign keys refer to. */
export async function sortByReferences<T extends Table>(
  client: pg.ClientBase,
  tables: readonly T[],
): Promise<T[]> {
  const { rows } = await client.query<{ child: string; parent: string }>(REFERENCES);
  const parentsOf = Map.groupBy(rows, ({ child }) => child);
  const sorted: T[] = [];
  for (let waiting = [...tables]; waiting.length > 0; ) {
    const names = new Set(waiting.map(({ name }) => name));
    const isReady = ({ name }: T) => !(parentsOf.get(name) ?? []).some(({ parent }) => names.has(parent));
    const ready = waiting.filter(isReady);
    if (ready.length === 0)
      throw new BackupError(`These tables refer to each other: ${[...names].join(', ')}.`);
    sorted.push(...ready);
    waiting = waiting.filter((table) => !isReady(table));
  }
  return sorted;
}

export function quote(name: string): string {
  return pg.escapeIdentifier(name);
}

/** `"papers" ("id", "title")` */
export function quoteWithColumns({ name, columns }: Table): string {
  return `${quote(name)} (${columns.map(quote).join(', ')})`;
}
