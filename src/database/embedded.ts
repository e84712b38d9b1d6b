import path from 'node:path';
import type pg from 'pg';
import { findBinaries } from './embedded/binaries.ts';
import { type Cluster, openCluster } from './embedded/cluster.ts';
import { EmbeddedPostgresError } from './embedded/errors.ts';
import { Ownership } from './embedded/ownership.ts';
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
  /** PostgreSQL's settings, if this call makes the cluster */
  settings?: Readonly<Record<string, string>>;
}>;

const database = 'masthead';

/** Starts a real PostgreSQL in `dataDir`, or adopts the one that a killed owner left running there. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { dataDir, settings, log = () => {} } = options;
  const account = await findServerAccount(path.resolve(dataDir, 'postgres/cluster'), log);
  const binaries = await findBinaries(account);
  const cluster = await openCluster({ dataDir, settings, log, account, binaries });
  const server = await runServer(cluster);
  const ownership = await Ownership.take(cluster, server, log);
  const stop = () => ownership.end(() => stopServer(cluster));
  try {
    const isNew = await prepareDatabase(cluster, server);
    return { url: addressOf(cluster, server), isNew, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Returns whether it has no table yet. */
async function prepareDatabase(cluster: Cluster, server: Server): Promise<boolean> {
  const found = 'SELECT FROM pg_database WHERE datname = $1';
  await withClient(cluster, server, 'postgres', async (client) => {
    const { rowCount } = await client.query(found, [database]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database}`);
  });
  return withClient(cluster, server, database, async (client) => {
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
  return `postgresql://${user}:${password}@127.0.0.1:${port}/${database}`;
}
