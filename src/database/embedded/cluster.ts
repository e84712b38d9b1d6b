import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Binaries } from './binaries.ts';
import { type ClusterOptions, createCluster, superuser } from './create-cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { ServerAccount } from './server-account.ts';

export type Cluster = Readonly<{
  dataDir: string;
  /** PostgreSQL's data directory, without symbolic links. */
  directory: string;
  /** What PostgreSQL writes until its own log is open. */
  startLog: string;
  user: string;
  password: string;
  account: ServerAccount | null;
  binaries: Binaries;
}>;

/** Opens the cluster in `dataDir`/postgres, and creates it if there is none. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, account, binaries } = options;
  const home = path.resolve(dataDir, 'postgres');
  if ((await readVersion(home)) === null) await createCluster(home, options);
  const version = await readVersion(home);
  if (version === null) throw noCluster(home);
  if (version !== binaries.majorVersion) throw otherVersion(dataDir, version, binaries.majorVersion);
  return {
    dataDir,
    directory: await realpath(path.join(home, 'cluster')),
    startLog: path.join(home, 'start.log'),
    user: superuser,
    password: (await readFile(path.join(home, 'password'), 'utf8')).trim(),
    account,
    binaries,
  };
}

async function readVersion(home: string): Promise<string | null> {
  try {
    return (await readFile(path.join(home, 'cluster/PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new EmbeddedPostgresError(`The embedded database cannot be read: ${error}`);
  }
}

function noCluster(home: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `${home} exists but does not contain a PostgreSQL database. Move or delete it.`,
  );
}

function otherVersion(dataDir: string, found: string, ours: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded database in ${dataDir} was created by PostgreSQL ${found}, but this version of Masthead includes PostgreSQL ${ours}. ` +
      'Make a backup with the version of Masthead that created it (npm run backup), and restore it into a new DATA_DIR.',
  );
}
