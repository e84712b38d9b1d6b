import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { BackupError } from './backup-error.ts';
import { requireEmptyDatabase } from './check-target.ts';
import {
  listTables,
  listTriggeredTables,
  quote,
  quoteWithColumns,
  sortByReferences,
  type Table,
} from './database-tables.ts';
import { tablePath } from './layout.ts';
import type { Manifest } from './manifest.ts';
import type { Backup } from './open-backup.ts';
import type { Progress } from './progress.ts';

type DumpedTable = Manifest['tables'][number];

/**
 * Fills the tables of a database that has the migrations of the backup, and calls `finish`, in one transaction. It needs no
 * more than the ownership of the tables. Returns the tables of the backup that no migration creates and that it left out.
 */
export async function loadTables(
  client: pg.Client,
  { folder, manifest }: Backup,
  progress: Progress,
  finish: () => Promise<void>,
): Promise<string[]> {
  const present = new Map((await listTables(client)).map((table) => [table.name, table]));
  const restored = manifest.tables.filter(({ name }) => present.has(name));
  const tables = await sortByReferences(client, restored);
  for (const table of tables) requireSameColumns(table, present.get(table.name));
  await client.query('BEGIN');
  await lockTables(client, tables);
  // A node may have been started on the database since it was checked.
  await requireEmptyDatabase(client, manifest);
  // Of the rows that migrations insert, too.
  await client.query(`TRUNCATE ${listNames(tables)}`);
  await withoutTriggers(client, tables, () => copyTables(client, folder, tables, progress));
  for (const { name, lastValue } of manifest.sequences)
    await client.query('SELECT setval($1::regclass, $2)', [quote(name), lastValue]);
  await finish();
  await client.query('COMMIT');
  // New statistics, without which the first queries would be slow.
  await client.query(`ANALYZE ${listNames(tables)}`);
  return manifest.tables.filter(({ name }) => !present.has(name)).map(({ name }) => name);
}

function requireSameColumns(dumped: Table, present: Table | undefined): void {
  const [own, created] = [dumped.columns, present?.columns ?? []];
  const others = [
    ...own.filter((column) => !created.includes(column)),
    ...created.filter((column) => !own.includes(column)),
  ];
  if (others.length > 0)
    throw new BackupError(
      `The table ${dumped.name} of the backup has other columns than its migrations create: ${others.join(', ')}.`,
    );
}

async function lockTables(client: pg.Client, tables: readonly Table[]): Promise<void> {
  await client.query(`LOCK TABLE ${listNames(tables)} IN ACCESS EXCLUSIVE MODE`).catch((cause: unknown) => {
    const isTimeout = cause instanceof pg.DatabaseError && cause.code === LOCK_NOT_AVAILABLE;
    if (!isTimeout) throw cause;
    throw new BackupError('Another process uses the database. Stop every node on it, then restore again.', {
      cause,
    });
  });
}

const LOCK_NOT_AVAILABLE = '55P03';

/** A trigger could change a restored value. Triggers of foreign keys stay, and check the rows. */
async function withoutTriggers(
  client: pg.Client,
  tables: readonly Table[],
  use: () => Promise<void>,
): Promise<void> {
  const triggered = new Set(await listTriggeredTables(client));
  const names = tables.map(({ name }) => name).filter((name) => triggered.has(name));
  for (const name of names) await client.query(`ALTER TABLE ${quote(name)} DISABLE TRIGGER USER`);
  await use();
  for (const name of names) await client.query(`ALTER TABLE ${quote(name)} ENABLE TRIGGER USER`);
}

async function copyTables(
  client: pg.Client,
  folder: string,
  tables: readonly DumpedTable[],
  progress: Progress,
): Promise<void> {
  const show = progress('tables restored');
  for (const [index, table] of tables.entries()) {
    await copyTable(client, folder, table);
    show(index + 1, tables.length);
  }
}

async function copyTable(client: pg.Client, folder: string, table: DumpedTable): Promise<void> {
  const file = tablePath(table.name);
  const copied = client.query(copyFrom(`COPY ${quoteWithColumns(table)} FROM STDIN`));
  await pipeline(createReadStream(path.join(folder, file)), createGunzip(), copied).catch(
    (cause: unknown) => {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new BackupError(`${file} cannot be restored: ${reason}`, { cause });
    },
  );
  if (copied.rowCount !== table.rows)
    throw new BackupError(`${file} has ${copied.rowCount} rows instead of ${table.rows}.`);
}

function listNames(tables: readonly Table[]): string {
  return tables.map(({ name }) => quote(name)).join(', ');
}
