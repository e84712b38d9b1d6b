import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import {
  hasChecksum,
  type Migration,
  migrationsDirectory,
  type RecordedMigration,
  readMigrations,
  readRecordedMigrations,
} from './migration-history.ts';

/** The database and the code do not fit; the message names what is at fault and how to mend it. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

type MigrateOptions = Readonly<{
  directory?: string;
  /** How long to wait for another node that migrates, in milliseconds */
  patience?: number;
}>;

const oldestServer = 150_000;

/** Advisory lock of those who migrate, in the database that they migrate. */
const migrationLock = 7_251_900_412;

/** Brings the database up to prisma/migrations. Nodes that start together wait for the one that does it. */
export async function migrate(
  databaseUrl: string,
  { directory = migrationsDirectory, patience = 300_000 }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const client = new pg.Client({
    ...parseIntoClientConfig(databaseUrl),
    application_name: 'masthead migrate',
  });
  await client.connect();
  try {
    await refuseOldServer(client);
    const migrations = await readMigrations(directory);
    if (isUpToDate(migrations, await readRecordedMigrations(client))) return { applied: [] };
    await lock(client, patience);
    const recorded = await readRecordedMigrations(client);
    refuseMisfit(migrations, recorded);
    if (isUpToDate(migrations, recorded)) return { applied: [] };
    return { applied: await apply(databaseUrl, directory, migrations) };
  } finally {
    await client.end();
  }
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  const [server] = rows;
  if (server === undefined || server.number >= oldestServer) return;
  throw new MigrationError(`Masthead needs PostgreSQL 15 or later; the server is ${server.version}.`);
}

function isUpToDate(migrations: Migration[], recorded: RecordedMigration[]): boolean {
  return (
    migrations.length === recorded.length &&
    migrations.every((migration) =>
      recorded.some(
        (row) =>
          row.migration_name === migration.name &&
          row.finished_at !== null &&
          hasChecksum(migration, row.checksum),
      ),
    )
  );
}

/** Ends with the session, so a node that dies while it migrates blocks nobody. */
async function lock(client: pg.Client, patience: number): Promise<void> {
  try {
    await client.query(`SET lock_timeout = ${patience}`);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || error.code !== '55P03') throw error;
    throw new MigrationError(
      `Another node has been migrating this database for more than ${patience / 1000} seconds. ` +
        'Wait for it to end, or look for a session named "masthead migrate" in pg_stat_activity.',
    );
  }
}

function refuseMisfit(migrations: Migration[], recorded: RecordedMigration[]): void {
  for (const { migration_name: name, checksum, finished_at } of recorded) {
    const known = migrations.find((migration) => migration.name === name);
    if (finished_at === null) throw failedHalfWay(name);
    if (known !== undefined && !hasChecksum(known, checksum)) throw edited(name);
  }
  const unknown = recorded.map((row) => row.migration_name).filter((name) => !isKnown(migrations, name));
  if (unknown.length > 0) throw newer(unknown);
}

function isKnown(migrations: Migration[], name: string): boolean {
  return migrations.some((migration) => migration.name === name);
}

function failedHalfWay(name: string): MigrationError {
  return new MigrationError(
    `The migration ${name} failed half-way. Its error is in the column "logs" of _prisma_migrations. ` +
      'Undo by hand what it left behind, then let it run again with\n' +
      `  UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name = '${name}' AND finished_at IS NULL;`,
  );
}

function edited(name: string): MigrationError {
  return new MigrationError(
    `The migration ${name} was edited after this database had it. Restore its migration.sql, and put the change into a new migration.`,
  );
}

function newer(names: string[]): MigrationError {
  return new MigrationError(
    `The database is newer than this code, which does not know its migrations ${names.join(', ')}. ` +
      'Start the Masthead that made them, or a later one.',
  );
}

/** The engine is loaded here alone: most starts have nothing to apply. */
async function apply(databaseUrl: string, directory: string, migrations: Migration[]): Promise<string[]> {
  const { applyMigrations } = await import('./schema-engine.ts');
  return applyMigrations(databaseUrl, directory, migrations);
}
