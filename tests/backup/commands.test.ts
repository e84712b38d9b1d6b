import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, makeReadyIssue, publish } from '../support/factories.ts';
import { hear } from '../support/nodes.ts';
import { startStatementTap } from '../support/statement-tap.ts';
import { namesIn, readRows, useBackups } from './backing-up.ts';

const masthead = useMasthead();
const backups = useBackups();
const root = path.join(import.meta.dirname, '../..');
const running = new Set<ChildProcess>();
let embedded = '';

beforeAll(async () => {
  embedded = await mkdtemp(path.join(tmpdir(), 'masthead-embedded-'));
  await publish(masthead, (await makeReadyIssue(masthead)).id);
  for (let n = 0; n < 3; n += 1) await makeMedia(masthead);
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(embedded, { recursive: true, force: true });
});

/** Starts a command as npm does, with an environment of its own. */
function start(command: 'backup' | 'restore', args: string[], env: Record<string, string>) {
  const child = spawn(process.execPath, [path.join(root, `src/commands/${command}.ts`), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, ...env },
  });
  running.add(child);
  const said = hear(child);
  const exited = once(child, 'close').then(() => {
    running.delete(child);
    return { code: child.exitCode, said: said() };
  });
  return { child, exited };
}

const run = (...args: Parameters<typeof start>) => start(...args).exited;
const original = () => ({
  DATABASE_URL: masthead.databaseUrl,
  DATA_DIR: path.dirname(masthead.mediaDirectory),
});

/** Kills the command when the database gets the first statement that matches. */
async function killAt(
  statement: RegExp,
  command: 'backup' | 'restore',
  folder: string,
  env: { DATABASE_URL: string; DATA_DIR: string },
): Promise<void> {
  let kill = () => {};
  const tap = await startStatementTap(env.DATABASE_URL, (sql) => {
    if (!statement.test(sql)) return true;
    kill();
    return false;
  });
  const { child, exited } = start(command, [folder], { ...env, DATABASE_URL: tap.url });
  kill = () => child.kill('SIGKILL');
  const { code } = await exited;
  await tap.close();
  expect(code).toBeNull();
}

async function newEnvironment() {
  const { databaseUrl } = await backups.newTarget();
  return { DATABASE_URL: databaseUrl, DATA_DIR: backups.newFolder() };
}

describe('the commands', () => {
  test('backup shows progress and says what the backup holds; restore says how old it is', async () => {
    const folder = backups.newFolder();
    const made = await run('backup', [folder], original());
    expect(made.said).toMatch(/100% of 3 media files copied\n/);
    expect(made.said).toMatch(/100% of \d+ tables copied\n/);
    expect(made.said).toMatch(
      /^Backed up the state of 20\S+Z \(less than a minute ago\): \d+ tables with \d+ rows, 3 media files \(0\.0 MB\)\.$/m,
    );
    expect(made.code).toBe(0);

    const manifest = path.join(folder, 'manifest.json');
    expect(await readFile(manifest, 'utf8')).toContain('"release": "0.1.0"');
    const restored = await run('restore', [folder], await newEnvironment());
    expect(restored.said).toMatch(/^The backup has the state of .*ago\)/m);
    expect(restored.said).toMatch(/100% of \d+ files of the backup verified\n/);
    expect(restored.said).toMatch(/100% of \d+ tables restored\n/);
    expect(restored.said).toMatch(/^Restored the state of .*3 media files/m);
    expect(restored.code).toBe(0);
  });

  test('the sums of a backup can be checked with sha256sum, without Masthead', async () => {
    const folder = backups.newFolder();
    await run('backup', [folder], original());
    const check = spawn('sha256sum', ['--check', '--quiet', 'SHA256SUMS'], { cwd: folder });
    const [code] = await once(check, 'close');
    expect(code).toBe(0);
  });

  test.each(['backup', 'restore'] as const)('%s without a folder says how to use it', async (command) => {
    const { code, said } = await run(command, [], original());
    expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(/^Usage: npm run /) });
  });

  test('backup exits with 1 and names a file that the storage has lost, and restore says how many are missing', async () => {
    const media = await makeMedia(masthead);
    const name = media.url.split('/').at(-1) ?? '';
    await rm(path.join(masthead.mediaDirectory, name));
    const folder = backups.newFolder();
    const made = await run('backup', [folder], original());
    expect(made.said).toContain(`${name} is missing from the storage\n`);
    expect(made.code).toBe(1);
    const restored = await run('restore', [folder], await newEnvironment());
    expect(restored.said).toContain('The backup lacks 1 media files');
    await masthead.as('author').delete(`/admin/v1/media/${media.id}`, { 'if-match': '*' });
  });

  test('the embedded PostgreSQL, which has no pg_dump, is restored into and backed up', async () => {
    const folder = backups.newFolder();
    await run('backup', [folder], original());
    const restored = await run('restore', [folder], { DATA_DIR: embedded });
    expect(restored.said).toMatch(/^Restored the state/m);
    const again = backups.newFolder();
    const made = await run('backup', [again], { DATA_DIR: embedded });
    expect(made.said).toMatch(/^Backed up the state/m);
    const tables = async (of: string) =>
      JSON.parse(await readFile(path.join(of, 'manifest.json'), 'utf8')).tables;
    expect(await tables(again)).toEqual(await tables(folder));
  });
});

test('the commands in docs/operating.md back up, check the sums, restore and verify', async () => {
  const page = await readFile(path.join(root, 'docs/operating.md'), 'utf8');
  const [, section = ''] = page.split('\n## Backup and restore\n');
  const [own = ''] = section.split('\n## ');
  const blocks = [...own.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block]) => block);
  expect(blocks).toHaveLength(3);
  const folder = await mkdtemp(path.join(tmpdir(), 'masthead-docs-'));
  // The user of the embedded PostgreSQL must be able to enter it.
  await chmod(folder, 0o711);
  const script = blocks.join('\n').replaceAll('/var/backups', folder).replaceAll('/var/lib', folder);
  const shell = spawn('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, HOME: folder, ...original() },
  });
  running.add(shell);
  const said = hear(shell);
  const [code] = await once(shell, 'close');
  running.delete(shell);
  await rm(folder, { recursive: true });
  expect({ code, said: said() }).toEqual({ code: 0, said: expect.stringContaining('Read 3 files') });
});

describe('a killed command', () => {
  test.each([
    ['before the snapshot', /^BEGIN ISOLATION/],
    ['among the tables', /^COPY "issues"/],
    ['after the last table', /^COMMIT/],
  ])(
    'a backup that is killed %s is no backup: the next one refuses its folder, and so does a restore',
    async (_, at) => {
      const folder = backups.newFolder();
      await killAt(at, 'backup', folder, original());
      const again = await run('backup', [folder], original());
      expect(again.said).toMatch(
        /holds a backup without SHA256SUMS, so it is unfinished or still running\. Delete/,
      );
      expect(again.code).toBe(1);
      const restored = await run('restore', [folder], await newEnvironment());
      expect(restored.said).toMatch(/has no SHA256SUMS, so it is not a whole backup/);
      expect(restored.code).toBe(1);
    },
  );

  test.each([
    ['while it migrates', /CREATE TABLE publication_feeds/],
    ['before the tables', /^TRUNCATE/],
    ['among the tables', /^COPY "items"/],
    ['before it commits', /^UPDATE installation/],
  ])('a restore that is killed %s leaves no content, and runs again', async (_, at) => {
    const folder = backups.newFolder();
    await run('backup', [folder], original());
    const target = await newEnvironment();
    await killAt(at, 'restore', folder, target);
    const found = await readRows(
      target.DATABASE_URL,
      "SELECT to_regclass('newsletters') IS NOT NULL AS found",
    );
    if (found[0]?.found)
      expect(await readRows(target.DATABASE_URL, 'SELECT id FROM newsletters')).toEqual([]);
    const again = await run('restore', [folder], target);
    expect(again.said).toMatch(/^Restored the state/m);
    expect(again.code).toBe(0);
    expect(await namesIn(path.join(target.DATA_DIR, 'media', '.staging'))).toEqual([]);
  });

  test('a restore that is killed after its commit is whole: it refuses to run again, and a node can start', async () => {
    const folder = backups.newFolder();
    await run('backup', [folder], original());
    const target = await newEnvironment();
    await killAt(/^ANALYZE/, 'restore', folder, target);
    expect(await readRows(target.DATABASE_URL, 'SELECT count(*)::int AS n FROM publications')).toEqual([
      { n: 1 },
    ]);
    const again = await run('restore', [folder], target);
    expect(again.said).toMatch(/has content/);
  });
});

test('a folder with a file in it is refused and left as it is', async () => {
  const folder = await mkdtemp(path.join(tmpdir(), 'masthead-full-'));
  await writeFile(path.join(folder, 'letter.txt'), 'Dear reader');
  const { code, said } = await run('backup', [folder], original());
  expect({ code, said }).toEqual({ code: 1, said: expect.stringContaining('is not empty') });
  expect(await namesIn(folder)).toEqual(['letter.txt']);
  await rm(folder, { recursive: true });
});
