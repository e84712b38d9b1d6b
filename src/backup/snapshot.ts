import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { MIGRATION_LOCK_KEY } from '../database/migrate.ts';
import { readRecordedMigrations } from '../database/migration-history.ts';
import { writeDurably } from '../modules/media/files/write-durably.ts';
import { readInstallationId } from '../modules/media/upkeep/installation.ts';
import { countStoredMedia, listStoredMedia } from '../modules/media/upkeep/stored-media.ts';
import { BackupError } from './backup-error.ts';
import { listSequences, listTables, quoteWithColumns, type Table } from './database-tables.ts';
import { MEDIA_LIST, PRIVATE_FILE, tablePath } from './layout.ts';
import type { Manifest } from './manifest.ts';
import { writeMediaList } from './media-list.ts';
import type { Progress } from './progress.ts';
import type { Sum } from './sums.ts';

const LOCK_NOT_AVAILABLE = '55P03';

export type Snapshot = Pick<
  Manifest,
  'takenAt' | 'installationId' | 'migrations' | 'tables' | 'sequences'
> & {
  /** The number of files in the list of media. */
  listed: number;
  /** Of the files that were written, in the order of SHA256SUMS. */
  sums: Sum[];
};

/**
 * Writes every table and the list of media, as they are at one moment. Writers are not held up. A node that wants to
 * migrate the database waits until all tables are written.
 */
export async function writeSnapshot(
  client: pg.Client,
  folder: string,
  progress: Progress,
): Promise<Snapshot> {
  await lockMigrations(client);
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  const { rows } = await client.query<{ now: Date }>('SELECT now() AS now');
  const migrations = await requireMigrations(client);
  const tables = await listTables(client);
  const listed = await countStoredMedia(client);
  const listSum = { path: MEDIA_LIST, sha256: await writeMediaList(folder, listStoredMedia(client)) };
  const written = await writeTables(client, folder, tables, progress);
  const installationId = await readInstallationId(client);
  const sequences = await listSequences(client);
  await client.query('COMMIT');
  const [clock] = rows;
  if (clock === undefined || installationId === null)
    throw new BackupError('The database has no row in the table installation, so it is not whole.');
  return {
    takenAt: clock.now.toISOString(),
    installationId,
    migrations,
    tables: written.tables,
    sequences,
    listed,
    sums: [listSum, ...written.sums],
  };
}

async function lockMigrations(client: pg.Client): Promise<void> {
  await client.query('SELECT pg_advisory_lock_shared($1)', [MIGRATION_LOCK_KEY]).catch((cause: unknown) => {
    const isTimeout = cause instanceof pg.DatabaseError && cause.code === LOCK_NOT_AVAILABLE;
    if (!isTimeout) throw cause;
    throw new BackupError('A node is migrating the database. Make the backup when it has finished.', {
      cause,
    });
  });
}

/** Refuses a database that is not one of Masthead, or whose last migration has not finished. */
export async function requireMigrations(client: pg.Client): Promise<Manifest['migrations']> {
  const recorded = await readRecordedMigrations(client);
  if (recorded.length === 0)
    throw new BackupError('The database has no tables of Masthead, so there is nothing to back up.');
  const unfinished = recorded.find(({ finished_at }) => finished_at === null);
  if (unfinished !== undefined)
    throw new BackupError(
      `The migration ${unfinished.migration_name} has not finished. Start Masthead, which finishes it or says what to do.`,
    );
  return recorded.map(({ migration_name: name, checksum }) => ({ name, checksum }));
}

async function writeTables(
  client: pg.ClientBase,
  folder: string,
  tables: readonly Table[],
  progress: Progress,
): Promise<{ tables: Manifest['tables']; sums: Sum[] }> {
  const show = progress('tables copied');
  const written: { tables: Manifest['tables']; sums: Sum[] } = { tables: [], sums: [] };
  for (const table of tables) {
    const { rows, sha256 } = await writeTable(client, folder, table);
    written.tables.push({ name: table.name, columns: [...table.columns], rows });
    written.sums.push({ path: tablePath(table.name), sha256 });
    show(written.tables.length, tables.length);
  }
  return written;
}

async function writeTable(
  client: pg.ClientBase,
  folder: string,
  table: Table,
): Promise<{ rows: number; sha256: string }> {
  const copied = client.query(copyTo(`COPY ${quoteWithColumns(table)} TO STDOUT`));
  const { sha256 } = await pipeline(copied, createGzip(), (bytes: AsyncIterable<Uint8Array>) =>
    writeDurably(path.join(folder, tablePath(table.name)), bytes, PRIVATE_FILE),
  );
  // The stream ends before the server reports the number of rows, and the next statement after it.
  await client.query('SELECT');
  return { rows: copied.rowCount, sha256 };
}
