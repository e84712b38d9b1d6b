import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach } from 'vitest';

/** A Masthead in a process of its own. */
export type ServerNode = {
  /** Where it listens, as in http://127.0.0.1:41234 */
  address: string;
  pid: number;
  /** Resolves when the process is gone, with its exit code; null when a signal ended it. */
  exited: Promise<number | null>;
  signal(name: NodeJS.Signals): void;
};

export type NodeOptions = {
  /** Milliseconds by which its clock is ahead. */
  clockOffset?: number;
  environment?: Record<string, string>;
};

/** Milliseconds until a node must listen, on a machine that is busy with other tests. */
const START_PATIENCE = 30_000;

const server = path.join(import.meta.dirname, '../../src/server.ts');
const shiftedClock = import.meta.resolve('./shifted-clock.ts');

/** For the head of a test file: starts nodes, and kills those that are left after each test. */
export function useNodes(): { start(databaseUrl: string, options?: NodeOptions): Promise<ServerNode> } {
  const started: ChildProcess[] = [];
  const directories: string[] = [];
  afterEach(() => Promise.all(started.splice(0).map(kill)));
  afterAll(() => Promise.all(directories.map((directory) => rm(directory, { recursive: true }))));
  return {
    async start(databaseUrl, options = {}) {
      const dataDir = await mkdtemp(path.join(tmpdir(), 'masthead-node-'));
      directories.push(dataDir);
      const child = spawnServer(databaseUrl, dataDir, options);
      started.push(child);
      return startedNode(child);
    },
  };
}

function spawnServer(
  databaseUrl: string,
  dataDir: string,
  { clockOffset, environment }: NodeOptions,
): ChildProcess {
  const clock = clockOffset === undefined ? [] : ['--import', shiftedClock];
  return spawn(process.execPath, [...clock, server], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      DATABASE_URL: databaseUrl,
      DATA_DIR: dataDir,
      PORT: '0',
      LOG_LEVEL: 'fatal',
      MASTHEAD_TEST_CLOCK_OFFSET: String(clockOffset ?? 0),
      ...environment,
    },
  });
}

async function startedNode(child: ChildProcess): Promise<ServerNode> {
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  const address = await readAddress(child);
  return { address, pid: child.pid ?? 0, exited, signal: (name) => void child.kill(name) };
}

/** From what it says once it has started. */
function readAddress(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk;
      const address = /Admin API +(http:\S+)\/admin\/v1/.exec(said)?.[1];
      if (address) resolve(address);
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    const fail = (what: string) => () => reject(new Error(`The node ${what}. It said: ${said}`));
    child.once('exit', fail('ended'));
    setTimeout(fail('did not start in time'), START_PATIENCE).unref();
  });
}

async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}
