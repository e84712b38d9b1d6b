import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { applyMigrations } from './apply-migrations.ts';
import { makeClient } from './connections.ts';
import { findLocaleFault } from './locale-fault.ts';
import { hasForeignTables, MigrationError, refuseMisfit } from './migration-error.ts';
import {
  findIncompatible,
  hasChecksum,
  type Migration,
  migrationsDirectory,
  type RecordedMigration,
  readMigrations,
  readRecordedMigrations,
} from './migration-history.ts';

export { MigrationError };

type MigrateOptions = Readonly<{
  directory?: string;
  /** The names of the migrations to apply, for a backup that has no others. The default is all. */
  only?: readonly string[];
  /** How long to wait for another node that migrates the database. */
  lockTimeoutMs?: number;
  /** Called with the names of the migrations before they are applied. */
  onStart?: (names: string[]) => void;
  /** Called with what is wrong with the database, although the code can use it. */
  onWarning?: (message: string) => void;
}>;

/** Key of the advisory lock that a node holds while it migrates the database. */
export const MIGRATION_LOCK_KEY = 7_251_900_412;

/** PostgreSQL 15, as `server_version_num`. */
const OLDEST_SERVER = 150_000;

/**
 * Applies the migrations in prisma/migrations that the database does not have yet. If several nodes start together, one
 * migrates and the others wait. Throws a MigrationError if the database does not match the code.
 */
export async function migrate(
  databaseUrl: string,
  options: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const { directory = migrationsDirectory, only, lockTimeoutMs = 300_000, onStart, onWarning } = options;
  const migrations = (await readMigrations(directory)).filter(({ name }) => only?.includes(name) ?? true);
  const client = await connect(databaseUrl);
  try {
    await refuseOldServer(client);
    const localeFault = await findLocaleFault(client);
    if (localeFault) onWarning?.(localeFault);
    if (isUpToDate(migrations, await readRecordedMigrations(client))) return { applied: [] };
    await lock(client, lockTimeoutMs);
    const recorded = await readRecordedMigrations(client);
    refuseMisfit(migrations, recorded);
    if (isUpToDate(migrations, recorded)) return { applied: [] };
    if (recorded.length === 0) await refuseForeignTables(client);
    const missing = missingFrom(recorded, migrations);
    const names = missing.map(({ name }) => name);
    onStart?.(names);
    await applyMigrations(client, missing);
    return { applied: names };
  } finally {
    await client.end();
  }
}

async function connect(databaseUrl: string): Promise<pg.Client> {
  const config = parseIntoClientConfig(databaseUrl);
  const client = makeClient({
    ...config,
    application_name: 'masthead migrate',
    connectionTimeoutMillis: 15_000,
  });
  await client.connect().catch((error: NodeJS.ErrnoException) => {
    // If the host has several IP addresses and all fail, the error has a code but no message.
    const reason = error.message || error.code;
    throw new MigrationError(
      `Cannot connect to the database ${client.database} on ${client.host}: ${reason}`,
      {
        cause: error,
      },
    );
  });
  return client;
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ number: number; version: string }>(
    "SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS version",
  );
  const [server] = rows;
  if (server === undefined || server.number >= OLDEST_SERVER) return;
  throw new MigrationError(
    `Masthead requires PostgreSQL 15 or later, but the server is version ${server.version}.`,
  );
}

function isUpToDate(migrations: Migration[], recorded: RecordedMigration[]): boolean {
  return (
    recorded.every(({ finished_at }) => finished_at !== null) &&
    findIncompatible(migrations, recorded).length === 0 &&
    migrations.every((migration) =>
      recorded.some(
        ({ migration_name, checksum }) =>
          migration_name === migration.name && hasChecksum(migration, checksum),
      ),
    )
  );
}

function missingFrom(recorded: RecordedMigration[], migrations: Migration[]): Migration[] {
  const done = new Set(recorded.map(({ migration_name }) => migration_name));
  return migrations.filter(({ name }) => !done.has(name));
}

async function refuseForeignTables(client: pg.Client): Promise<void> {
  const { rowCount } = await client.query(
    `SELECT FROM pg_tables WHERE schemaname = current_schema() AND tablename <> '_prisma_migrations' LIMIT 1`,
  );
  if (rowCount !== 0) throw hasForeignTables();
}

/** Takes a lock that ends with the session, so that a node that dies during a migration does not block the others. */
async function lock(client: pg.Client, timeoutMs: number): Promise<void> {
  try {
    await client.query(`SET lock_timeout = ${timeoutMs}`);
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK_KEY]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === LOCK_NOT_AVAILABLE)) throw error;
    throw new MigrationError(
      `Another node has been migrating this database for more than ${timeoutMs / 1000} seconds. ` +
        'Start again when it has finished. Its application_name in pg_stat_activity is "masthead migrate".',
    );
  }
}

const LOCK_NOT_AVAILABLE = '55P03';
