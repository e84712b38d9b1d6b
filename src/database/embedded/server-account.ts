import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './errors.ts';

const run = promisify(execFile);

/** As which PostgreSQL runs: it refuses root. */
export type ServerAccount = Readonly<{ uid: number; gid: number }>;

const accountName = 'postgres';

/** Null: PostgreSQL runs as we do. */
export async function findServerAccount(log: (message: string) => void): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  return (await lookUpAccount()) ?? (await createAccount(log));
}

/** True when the account may enter the directory, which it may not when one above it is closed, as /root is. */
export async function mayEnter(account: ServerAccount, directory: string): Promise<boolean> {
  try {
    await run('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...account, cwd: '/' });
    return true;
  } catch {
    return false;
  }
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
  const shell = ['--no-create-home', '--home-dir', '/', '--shell', '/usr/sbin/nologin'];
  try {
    await run('useradd', ['--system', '--user-group', ...shell, accountName]);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `PostgreSQL refuses to run as root, and the user "${accountName}" could not be made for it. ` +
        'Run Masthead as another user, make that user, or set DATABASE_URL.',
      { cause: error },
    );
  }
  log(`Made the system user "${accountName}", since PostgreSQL refuses to run as root`);
  const account = await lookUpAccount();
  if (account === null)
    throw new EmbeddedPostgresError(`The user "${accountName}" was made but is not found.`);
  return account;
}
