import pg from 'pg';
import { parseIntoClientConfig } from 'pg-connection-string';
import { makeClient } from './connections.ts';
import { engineFailed, MigrationError, refuseMisfit } from './migration-error.ts';
import {
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
  /** How long to wait for another node that migrates, in milliseconds */
  patience?: number;
}>;

/** Number of the advisory lock that a node holds in the database while it migrates it. */
export const migrationLock = 7_251_900_412;

const oldestServer = 150_000;

/**
 * Brings the database up to prisma/migrations. Of nodes that start together one does it, and the others
 * wait for it. Throws a MigrationError where database and code do not fit.
 */
export async function migrate(
  databaseUrl: string,
  { directory = migrationsDirectory, patience = 300_000 }: MigrateOptions = {},
): Promise<{ applied: string[] }> {
  const migrations = await readMigrations(directory);
  const client = await connect(databaseUrl);
  try {
    await refuseOldServer(client);
    if (isUpToDate(migrations, await readRecordedMigrations(client))) return { applied: [] };
    await lock(client, patience);
    const recorded = await readRecordedMigrations(client);
    refuseMisfit(migrations, recorded);
    if (isUpToDate(migrations, recorded)) return { applied: [] };
    return { applied: await apply(databaseUrl, directory, migrations, client) };
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
    // Of an address with several IPs, each of which failed, the error has a code and no message.
    const reason = error.message || error.code;
    throw new MigrationError(
      `No connection to the database ${client.database} on ${client.host}: ${reason}`,
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
  if (server === undefined || server.number >= oldestServer) return;
  throw new MigrationError(`Masthead needs PostgreSQL 15 or later; the server is ${server.version}.`);
}

function isUpToDate(migrations: Migration[], recorded: RecordedMigration[]): boolean {
  return (
    migrations.length === recorded.length &&
    migrations.every((migration) =>
      recorded.some(
        ({ migration_name, finished_at, checksum }) =>
          migration_name === migration.name && finished_at !== null && hasChecksum(migration, checksum),
      ),
    )
  );
}

/** It ends with the session, so a node that dies while it migrates blocks nobody. */
async function lock(client: pg.Client, patience: number): Promise<void> {
  try {
    await client.query(`SET lock_timeout = ${patience}`);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === lockNotAvailable)) throw error;
    throw new MigrationError(
      `Another node has been migrating this database for more than ${patience / 1000} seconds. ` +
        'Start again when it is done; in pg_stat_activity it is "masthead migrate".',
    );
  }
}

const lockNotAvailable = '55P03';

/** The engine is loaded here and not before: most starts have nothing to apply. */
async function apply(
  databaseUrl: string,
  directory: string,
  migrations: Migration[],
  client: pg.Client,
): Promise<string[]> {
  const { applyMigrations } = await import('./schema-engine.ts');
  return applyMigrations(databaseUrl, directory, migrations).catch(async (error: Error) => {
    refuseMisfit(migrations, await readRecordedMigrations(client));
    throw engineFailed(error);
  });
}
