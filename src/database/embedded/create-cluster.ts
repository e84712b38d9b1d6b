import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chown, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, SERVER_ENVIRONMENT } from './binaries.ts';
import { createDraft, openSharedDirectory } from './directories.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { mayEnter, type ServerAccount } from './server-account.ts';

export type ClusterOptions = Readonly<{
  dataDir: string;
  settings?: Readonly<Record<string, string>> | undefined;
  account: ServerAccount | null;
  binaries: Binaries;
  log: (message: string) => void;
}>;

export const superuser = 'masthead';

/** The builtin locale sorts the same on every machine, so that an update of the system cannot corrupt an index. */
const INITDB_OPTIONS = [
  `--username=${superuser}`,
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
];

const DEFAULT_SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // One file for each weekday, which is overwritten a week later.
  logging_collector: 'on',
  log_filename: 'postgresql-%a.log',
  log_truncate_on_rotation: 'on',
  log_rotation_size: '0',
};

/**
 * Creates the directory `home` with a cluster and its password. If another process creates it at the same time, the
 * later one deletes its own.
 */
export async function createCluster(home: string, options: ClusterOptions): Promise<void> {
  const { account, dataDir, log } = options;
  log(`Creating the embedded database in ${home}`);
  await mkdir(dataDir, { recursive: true });
  const isReachable = account === null || (await mayEnter(account, dataDir));
  const directory = isReachable ? path.dirname(home) : await openSharedDirectory();
  const draft = await createDraft(directory);
  await fillCluster(draft, options);
  if (isReachable) await rename(draft, home).catch(() => rm(draft, { recursive: true }));
  else await linkCluster(draft, home, log);
}

async function fillCluster(draft: string, options: ClusterOptions): Promise<void> {
  const { account, binaries } = options;
  const passwordFile = path.join(draft, 'password');
  await writeFile(passwordFile, `${randomBytes(24).toString('hex')}\n`, { mode: 0o600 });
  if (account !== null) for (const file of [draft, passwordFile]) await chown(file, account.uid, account.gid);
  const settings = Object.entries({ ...DEFAULT_SETTINGS, ...options.settings });
  const paths = [`--pgdata=${path.join(draft, 'cluster')}`, `--pwfile=${passwordFile}`];
  await promisify(execFile)(
    binaries.initdb,
    [...paths, ...INITDB_OPTIONS, ...settings.map(([name, value]) => `--set=${name}=${value}`)],
    { ...account, cwd: draft, env: SERVER_ENVIRONMENT },
  ).catch((error: Error & { stderr: string }) => {
    throw new EmbeddedPostgresError(
      `The embedded database could not be created: ${error.stderr || error.message}`,
    );
  });
}

/** Puts the cluster elsewhere and links to it, because the user that PostgreSQL runs as cannot reach root's directory. */
async function linkCluster(draft: string, home: string, log: (message: string) => void): Promise<void> {
  const target = path.join(path.dirname(draft), `postgres-${randomUUID()}`);
  await rename(draft, target);
  try {
    await symlink(target, home);
    log(
      `The embedded database is stored in ${target}, because the user that PostgreSQL runs as cannot access ${path.dirname(home)}`,
    );
  } catch {
    await rm(target, { recursive: true });
  }
}
