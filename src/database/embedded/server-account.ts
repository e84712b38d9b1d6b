import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './errors.ts';

const run = promisify(execFile);

/** The user that PostgreSQL runs as when this process is root. PostgreSQL refuses to run as root. */
export type ServerAccount = Readonly<{ uid: number; gid: number }>;

const ACCOUNT_NAME = 'postgres';

/**
 * Returns the owner of the cluster if there is one, else the user `postgres`, which is created if necessary. Returns null
 * if this process is not root: PostgreSQL then runs as the same user.
 */
export async function findServerAccount(
  cluster: string,
  log: (message: string) => void,
): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  return (await findOwner(cluster)) ?? (await lookUpAccount()) ?? (await createAccount(log));
}

/** Whether the account can enter the directory. It cannot if a parent directory is private, as /root is. */
export async function mayEnter(account: ServerAccount, directory: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
}

async function findOwner(directory: string): Promise<ServerAccount | null> {
  const found = await stat(directory).catch(() => null);
  return found === null || found.uid === 0 ? null : { uid: found.uid, gid: found.gid };
}

async function lookUpAccount(): Promise<ServerAccount | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', ACCOUNT_NAME]), run('id', ['-g', ACCOUNT_NAME])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function createAccount(log: (message: string) => void): Promise<ServerAccount> {
  const withoutHome = ['--no-create-home', '--home-dir', '/', '--shell', '/usr/sbin/nologin'];
  await run('useradd', ['--system', '--user-group', ...withoutHome, ACCOUNT_NAME]).catch((cause: unknown) => {
    throw noAccount(cause);
  });
  const account = await lookUpAccount();
  if (account === null) throw noAccount();
  log(`Created the system user "${ACCOUNT_NAME}", because PostgreSQL refuses to run as root`);
  return account;
}

function noAccount(cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and the user "${ACCOUNT_NAME}" could not be created. ` +
      'Create that user, run Masthead as a user other than root, or set DATABASE_URL.',
    { cause },
  );
}
