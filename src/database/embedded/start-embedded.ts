import path from 'node:path';
import type pg from 'pg';
import { findBinaries } from './binaries.ts';
import { type Cluster, openCluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { Ownership, type OwnershipEvents } from './ownership.ts';
import { connectTo, runServer, type Server, stopServer } from './server.ts';
import { findServerAccount } from './server-account.ts';

export { EmbeddedPostgresError };

export type EmbeddedPostgres = Readonly<{
  url: string;
  /** Whether the database has no tables yet. */
  isNew: boolean;
  stop(): Promise<void>;
}>;

export type EmbeddedPostgresOptions = Readonly<{
  dataDir: string;
  log?: (message: string) => void;
  /** Called if the server dies and cannot be started again. */
  onLost?: (error: unknown) => void;
  /** PostgreSQL settings, used only if this call creates the cluster. */
  settings?: Readonly<Record<string, string>>;
}>;

const DATABASE = 'masthead';

/** Starts a PostgreSQL server in `dataDir`, or takes over the one that a killed process left running there. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir } = options;
  const { cluster, server } = await reachServer(options);
  const ownership = await Ownership.take(cluster, server, eventsOf(options));
  if (ownership === null) throw ownedByAnother(dataDir);
  const stop = () => ownership.end(() => stopServer(cluster));
  try {
    const isNew = await prepareDatabase(cluster, server);
    return { url: addressOf(cluster, server), isNew, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Calls `use` with the URL of the server in `dataDir`. If none runs, one is started, and stopped afterwards. */
export async function withEmbeddedPostgres<T>(
  options: EmbeddedPostgresOptions,
  use: (url: string) => Promise<T>,
): Promise<T> {
  const { cluster, server } = await reachServer(options);
  const ownership = await Ownership.take(cluster, server, eventsOf(options));
  try {
    await prepareDatabase(cluster, server);
    return await use(addressOf(cluster, server));
  } finally {
    await ownership?.end(() => stopServer(cluster));
  }
}

function eventsOf({ log = () => {}, onLost = () => {} }: EmbeddedPostgresOptions): OwnershipEvents {
  return { log, onLost };
}

async function reachServer({ dataDir, settings, log = () => {} }: EmbeddedPostgresOptions) {
  const account = await findServerAccount(path.resolve(dataDir, 'postgres/cluster'), log);
  const binaries = await findBinaries(account);
  const cluster = await openCluster({ dataDir, settings, log, account, binaries });
  return { cluster, server: await runServer(cluster) };
}

function ownedByAnother(dataDir: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `Another Masthead process uses DATA_DIR ${dataDir}. Stop it, or set DATABASE_URL to run several nodes.`,
  );
}

/** Creates the database if it does not exist, and returns whether it has no tables yet. */
async function prepareDatabase(cluster: Cluster, server: Server): Promise<boolean> {
  const found = 'SELECT FROM pg_database WHERE datname = $1';
  await withClient(cluster, server, 'postgres', async (client) => {
    const { rowCount } = await client.query(found, [DATABASE]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE}`);
  });
  return withClient(cluster, server, DATABASE, async (client) => {
    const { rowCount } = await client.query("SELECT FROM pg_tables WHERE schemaname = 'public' LIMIT 1");
    return rowCount === 0;
  });
}

async function withClient<T>(
  cluster: Cluster,
  server: Server,
  name: string,
  use: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = await connectTo(cluster, server, name);
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

function addressOf({ user, password }: Cluster, { port }: Server): string {
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${DATABASE}`;
}
