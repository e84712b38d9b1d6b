import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, chown, mkdir, readFile, realpath, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, serverEnvironment } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { draftIn, placeForRoot } from './places.ts';
import { mayEnter, type ServerAccount } from './server-account.ts';

export type Cluster = Readonly<{
  dataDir: string;
  /** PostgreSQL's data directory, without symbolic links */
  directory: string;
  /** PostgreSQL's words until its own log is open */
  startLog: string;
  user: string;
  password: string;
  account: ServerAccount | null;
  binaries: Binaries;
}>;

export type ClusterOptions = Readonly<{
  dataDir: string;
  settings?: Readonly<Record<string, string>> | undefined;
  account: ServerAccount | null;
  binaries: Binaries;
  log: (message: string) => void;
}>;

const user = 'masthead';

/** The builtin locale sorts alike on every machine, so no change of the system spoils an index. */
const initialisation = [
  `--username=${user}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

const standardSettings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // A file for each weekday, overwritten a week later.
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_size: '0',
};

/** The cluster in `dataDir`/postgres, made when there is none. */
export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, account, binaries } = options;
  const home = path.resolve(dataDir, 'postgres');
  const version = await readVersion(home);
  if (version === null) await createCluster(home, options);
  else if (version !== binaries.majorVersion) throw otherVersion(dataDir, version, binaries.majorVersion);
  return {
    dataDir,
    directory: await realpath(path.join(home, 'cluster')),
    startLog: path.join(home, 'start.log'),
    user,
    password: (await readFile(path.join(home, 'password'), 'utf8')).trim(),
    account,
    binaries,
  };
}

async function readVersion(home: string): Promise<string | null> {
  try {
    return (await readFile(path.join(home, 'cluster/PG_VERSION'), 'utf8')).trim();
  } catch {
    return null;
  }
}

/** Of two that start at the same moment on an empty directory, one sees its draft's new place taken and uses that. */
async function createCluster(home: string, options: ClusterOptions): Promise<void> {
  const { account, dataDir, log } = options;
  log(`Creating the embedded database in ${home}`);
  await mkdir(dataDir, { recursive: true });
  const isReachable = account === null || (await mayEnter(account, dataDir));
  const draft = await draftIn(isReachable ? path.resolve(dataDir) : placeForRoot);
  await fillCluster(draft, options);
  if (isReachable) await rename(draft, home).catch(() => rm(draft, { recursive: true }));
  else await linkCluster(draft, home, log);
}

async function fillCluster(draft: string, options: ClusterOptions): Promise<void> {
  const { account, binaries } = options;
  const passwordFile = path.join(draft, 'password');
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account !== null) for (const file of [draft, passwordFile]) await chown(file, account.uid, account.gid);
  const settings = Object.entries({ ...standardSettings, ...options.settings });
  const places = [`--pgdata=${path.join(draft, 'cluster')}`, `--pwfile=${passwordFile}`];
  await promisify(execFile)(
    binaries.initdb,
    [...places, ...initialisation, ...settings.map(([name, value]) => `--set=${name}=${value}`)],
    { ...account, cwd: draft, env: serverEnvironment },
  );
}

/** PostgreSQL runs as another user than root, and must reach its data. */
async function linkCluster(draft: string, home: string, log: (message: string) => void): Promise<void> {
  const place = path.join(placeForRoot, `postgres-${randomUUID()}`);
  await chmod(placeForRoot, 0o755);
  await rename(draft, place);
  await symlink(place, home);
  log(
    `Its files are in ${place}, because root's ${path.dirname(home)} is closed to the user that PostgreSQL runs as`,
  );
}

function otherVersion(dataDir: string, found: string, ours: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded database in ${dataDir} was made by PostgreSQL ${found}, and this Masthead brings PostgreSQL ${ours}. ` +
      'Start the Masthead that made it, dump it with pg_dump, and restore the dump into a new DATA_DIR.',
  );
}
