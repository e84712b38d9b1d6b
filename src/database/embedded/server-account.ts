import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './errors.ts';

const run = promisify(execFile);

/** As whom PostgreSQL runs, which refuses to be root. */
export type ServerAccount = Readonly<{ uid: number; gid: number }>;

const accountName = 'postgres';

/** The owner of the cluster if there is one, and the user `postgres` otherwise. Null: PostgreSQL runs as we do. */
export async function findServerAccount(
  cluster: string,
  log: (message: string) => void,
): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  return (await findOwner(cluster)) ?? (await lookUpAccount()) ?? (await createAccount(log));
}

/** False when a directory above it is closed to others, as /root is. */
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
    const [uid, gid] = await Promise.all([run('id', ['-u', accountName]), run('id', ['-g', accountName])]);
    return { uid: Number.parseInt(uid.stdout, 10), gid: Number.parseInt(gid.stdout, 10) };
  } catch {
    return null;
  }
}

async function createAccount(log: (message: string) => void): Promise<ServerAccount> {
  const homeless = ['--no-create-home', '--home-dir', '/', '--shell', '/usr/sbin/nologin'];
  await run('useradd', ['--system', '--user-group', ...homeless, accountName]).catch((cause: unknown) => {
    throw noAccount(cause);
  });
  const account = await lookUpAccount();
  if (account === null) throw noAccount();
  log(`Made the system user "${accountName}", because PostgreSQL refuses to run as root`);
  return account;
}

function noAccount(cause?: unknown): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and the user "${accountName}" could not be made for it. ` +
      'Make that user, run Masthead as another user than root, or set DATABASE_URL.',
    { cause },
  );
}
