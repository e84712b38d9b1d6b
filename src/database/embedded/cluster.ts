import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, serverEnvironment } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { isAlive } from './processes.ts';
import type { ServerAccount } from './server-account.ts';

const run = promisify(execFile);

export type Cluster = Readonly<{
  dataDir: string;
  /** PGDATA */
  directory: string;
  /** PostgreSQL's words until its own log in `directory`/log is open */
  startLog: string;
  user: string;
  password: string;
  account: ServerAccount | null;
  binaries: Binaries;
}>;

type ClusterOptions = Readonly<{
  dataDir: string;
  settings?: Readonly<Record<string, string>>;
  account: ServerAccount | null;
  binaries: Binaries;
  log: (message: string) => void;
}>;

const user = 'masthead';

/** The builtin locale sorts by code point on every machine alike, so an index outlives a change of the system. */
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

export async function openCluster(options: ClusterOptions): Promise<Cluster> {
  const { dataDir, account, binaries } = options;
  const home = path.resolve(dataDir, 'postgres');
  await mkdir(dataDir, { recursive: true });
  await removeAbandoned(path.resolve(dataDir));
  const found = await readVersion(home);
  if (found === null) await createCluster(home, options);
  else if (found !== binaries.majorVersion) throw otherVersion(dataDir, found, binaries.majorVersion);
  const password = (await readFile(path.join(home, 'password'), 'utf8')).trim();
  const directory = path.join(home, 'cluster');
  return { dataDir, directory, startLog: path.join(home, 'start.log'), user, password, account, binaries };
}

/** Made under another name, so that an interrupted start leaves no half-made cluster in the place of a whole one. */
async function createCluster(home: string, options: ClusterOptions): Promise<void> {
  const { account, binaries } = options;
  options.log('Creating the embedded database');
  const draft = `${home}.new-${process.pid}`;
  const passwordFile = path.join(draft, 'password');
  await mkdir(draft, { mode: 0o700 });
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account !== null) for (const file of [draft, passwordFile]) await chown(file, account.uid, account.gid);
  const settings = Object.entries({ ...standardSettings, ...options.settings });
  await run(
    binaries.initdb,
    [
      `--pgdata=${path.join(draft, 'cluster')}`,
      `--pwfile=${passwordFile}`,
      ...initialisation,
      ...settings.map(([name, value]) => `--set=${name}=${value}`),
    ],
    { ...account, cwd: draft, env: serverEnvironment },
  );
  await rename(draft, home);
}

async function readVersion(home: string): Promise<string | null> {
  try {
    return (await readFile(path.join(home, 'cluster', 'PG_VERSION'), 'utf8')).trim();
  } catch {
    return null;
  }
}

async function removeAbandoned(dataDir: string): Promise<void> {
  for (const name of await readdir(dataDir)) {
    const pid = /^postgres\.new-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isAlive(Number(pid)))) {
      await rm(path.join(dataDir, name), { recursive: true });
    }
  }
}

function otherVersion(dataDir: string, found: string, ours: string): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded database in ${dataDir} was made by PostgreSQL ${found}, and this Masthead brings PostgreSQL ${ours}. ` +
      `Start the Masthead that made it, dump it with pg_dump, and restore the dump into a new DATA_DIR.`,
  );
}
