import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { exitOf, hear } from '../support/nodes.ts';

const root = path.join(import.meta.dirname, '../..');
/** A start may take long on a machine that is busy with other tests. */
const WAIT = { timeout: 240_000, interval: 100 };

describe('npm start', () => {
  let dataDir = '';
  let npm: ChildProcess | undefined;

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'masthead-npm-start-'));
  });
  afterAll(async () => {
    if (npm) {
      npm.kill('SIGTERM');
      await exitOf(npm);
    }
    // Under root the cluster is elsewhere, and only linked to.
    await rm(path.dirname(await realpath(path.join(dataDir, 'postgres/cluster'))), { recursive: true });
    await rm(dataDir, { recursive: true });
  });

  /** Runs until the server listens. */
  async function start(environment: Record<string, string> = {}) {
    const { DATABASE_URL: _, ...inherited } = process.env;
    const env = { ...inherited, PORT: '0', DATA_DIR: dataDir, METADATA_LOOKUP: 'false', ...environment };
    npm = spawn('npm', ['start'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const said = hear(npm);
    await expect.poll(said, WAIT).toMatch(/Docs +http/);
    return { child: npm, said };
  }

  const isDatabaseRunning = () => existsSync(path.join(dataDir, 'postgres/cluster/postmaster.pid'));

  test('the first start says what it does, in order', async () => {
    const { child, said } = await start();
    const steps = [
      'starting the embedded PostgreSQL',
      'Creating the embedded database',
      'migrating the database',
      'loading the sample newsletter',
      'is running.',
    ];
    const places = steps.map((step) => said().indexOf(step));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    child.kill('SIGTERM');
    await exitOf(child);
    await expect.poll(isDatabaseRunning, WAIT).toBe(false);
  });

  test.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)(
    'the server and its database end when npm gets %s',
    async (signal) => {
      const { child, said } = await start();
      expect(said()).not.toContain('loading the sample newsletter');
      expect(isDatabaseRunning()).toBe(true);
      child.kill(signal);
      await exitOf(child);
      await expect.poll(isDatabaseRunning, WAIT).toBe(false);
    },
  );
});
