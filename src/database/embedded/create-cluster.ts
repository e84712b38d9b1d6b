import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { chown, mkdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { type Binaries, serverEnvironment } from './binaries.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { draftIn, openPlaceForRoot } from './places.ts';
import { mayEnter, type ServerAccount } from './server-account.ts';

export type ClusterOptions = Readonly<{
  dataDir: string;
  settings?: Readonly<Record<string, string>> | undefined;
  account: ServerAccount | null;
  binaries: Binaries;
  log: (message: string) => void;
}>;

export const superuser = 'masthead';

/** The builtin locale sorts alike on every machine, so no change of the system spoils an index. */
const initialisation = [
  `--username=${superuser}`,
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

/**
 * Makes the directory `home` with a cluster and its password. Of two that do so at the same moment, one
 * finds the place taken, and drops its own.
 */
export async function createCluster(home: string, options: ClusterOptions): Promise<void> {
  const { account, dataDir, log } = options;
  log(`Creating the embedded database in ${home}`);
  await mkdir(dataDir, { recursive: true });
  const isReachable = account === null || (await mayEnter(account, dataDir));
  const directory = isReachable ? path.dirname(home) : await openPlaceForRoot();
  const draft = await draftIn(directory);
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
  ).catch((error: Error & { stderr: string }) => {
    throw new EmbeddedPostgresError(
      `The embedded database could not be made: ${error.stderr || error.message}`,
    );
  });
}

/** Where PostgreSQL runs as another user than root and cannot reach root's directory. */
async function linkCluster(draft: string, home: string, log: (message: string) => void): Promise<void> {
  const place = path.join(path.dirname(draft), `postgres-${randomUUID()}`);
  await rename(draft, place);
  try {
    await symlink(place, home);
    log(`Its files are in ${place}: ${path.dirname(home)} is closed to the user that PostgreSQL runs as`);
  } catch {
    await rm(place, { recursive: true });
  }
}
