import pg from 'pg';
import { findBinaries } from './embedded/binaries.ts';
import { type Cluster, openCluster } from './embedded/cluster.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';
import { connectTo, runServer, type Server, stopServer } from './embedded/server.ts';
import { findServerAccount } from './embedded/server-account.ts';

export { EmbeddedPostgresError };

export type EmbeddedPostgres = Readonly<{
  url: string;
  /** The database has no table yet. */
  isNew: boolean;
  stop(): Promise<void>;
}>;

export type EmbeddedPostgresOptions = Readonly<{
  dataDir: string;
  log?: (message: string) => void;
  /** PostgreSQL settings of a cluster that this call creates. */
  settings?: Readonly<Record<string, string>>;
}>;

const database = 'masthead';

/** Any number will do that no other advisory lock in the `postgres` database of this cluster has. */
const ownershipMark = 7_251_900_411;

/**
 * Starts a real PostgreSQL in `dataDir`, or adopts the one that an owner killed without warning left
 * running there. Who owns the server holds an advisory lock, which ends with its process.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const account = await findServerAccount(log);
  const binaries = await findBinaries(account, log);
  const cluster = await openCluster({ ...options, log, account, binaries });
  const server = await runServer(cluster);
  const mark = await takeOwnership(cluster, server);
  try {
    const isNew = await createDatabase(cluster, server, mark);
    return { url: databaseUrl(cluster, server), isNew, stop: () => stop(cluster, mark) };
  } catch (error) {
    await stop(cluster, mark);
    throw error;
  }
}

async function takeOwnership(cluster: Cluster, server: Server): Promise<pg.Client> {
  const client = await connectTo(cluster, server, 'postgres');
  client.on('error', () => {});
  const { rows } = await client.query<{ taken: boolean }>('SELECT pg_try_advisory_lock($1) AS taken', [
    ownershipMark,
  ]);
  if (rows[0]?.taken) return client;
  await client.end();
  throw new EmbeddedPostgresError(
    `Another Masthead runs on DATA_DIR ${cluster.dataDir}. Stop it first, or set DATABASE_URL to run several nodes.`,
  );
}

async function createDatabase(cluster: Cluster, server: Server, mark: pg.Client): Promise<boolean> {
  const { rowCount } = await mark.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await mark.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
  const client = await connectTo(cluster, server, database);
  try {
    const tables = await client.query("SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1");
    return tables.rowCount === 0;
  } finally {
    await client.end();
  }
}

function databaseUrl(cluster: Cluster, server: Server): string {
  return `postgresql://${cluster.user}:${cluster.password}@127.0.0.1:${server.port}/${database}`;
}

/** The mark is held until the server ends it, so that nobody adopts a server that is about to stop. */
async function stop(cluster: Cluster, mark: pg.Client): Promise<void> {
  await stopServer(cluster);
  await mark.end();
}
