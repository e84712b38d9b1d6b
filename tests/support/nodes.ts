import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';

/** A Masthead server in its own process. */
export type ServerNode = {
  /** The URL on which it listens, for example http://127.0.0.1:41234. */
  address: string;
  /** Resolves with the exit code when the process has ended, or with null when a signal ended it. */
  exited: Promise<number | null>;
  /** The output so far. */
  said(): string;
  signal(name: NodeJS.Signals): void;
};

export type NodeOptions = {
  /** The milliseconds by which its clock is ahead. */
  clockOffset?: number;
  environment?: Record<string, string>;
};

/** A node may take long to start on a machine that is busy with other tests. */
const START_TIMEOUT_MS = 240_000;

const server = path.join(import.meta.dirname, '../../src/main.mjs');
const shiftedClock = import.meta.resolve('./shifted-clock.ts');

/** Call it at the start of a test file. Starts nodes and kills those that still run at the end. */
export function useNodes() {
  const started: ChildProcess[] = [];
  let dataDir = '';
  const killAll = () => Promise.all(started.splice(0).map(kill));

  beforeAll(async () => {
    dataDir = await mkdtemp(path.join(tmpdir(), 'masthead-nodes-'));
  });
  afterAll(async () => {
    await killAll();
    await rm(dataDir, { recursive: true });
  });

  /** Spawns a node without waiting for its start, for tests of the time before. */
  function spawnNode(databaseUrl: string, options: NodeOptions = {}): ChildProcess {
    const child = spawnServer({ DATABASE_URL: databaseUrl, DATA_DIR: dataDir }, options);
    started.push(child);
    return child;
  }

  async function start(databaseUrl: string, options: NodeOptions = {}): Promise<ServerNode> {
    const child = spawnNode(databaseUrl, options);
    const exited = exitOf(child);
    const said = hear(child);
    const address = await readAddress(child, said);
    return { address, exited, said, signal: (name) => void child.kill(name) };
  }

  return { spawnNode, start, killAll };
}

export async function exitOf(child: ChildProcess): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  return child.exitCode;
}

function spawnServer(env: Record<string, string>, options: NodeOptions): ChildProcess {
  const { clockOffset = 0 } = options;
  const shift = clockOffset === 0 ? [] : ['--import', shiftedClock];
  return spawn(process.execPath, [...shift, server], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PORT: '0',
      LOG_LEVEL: 'fatal',
      // Tests send no requests to other machines.
      METADATA_LOOKUP: 'false',
      MASTHEAD_TEST_CLOCK_OFFSET: String(clockOffset),
      ...env,
      ...options.environment,
    },
  });
}

/** Collects the output of both streams. The returned function gives the output so far. */
export function hear(child: ChildProcess): () => string {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk));
  return () => said;
}

/** Reads the address from the output of a started node. */
function readAddress(child: ChildProcess, said: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    child.stdout?.on('data', () => {
      const address = /Admin API +(http:\S+)\/admin\/v1/.exec(said())?.[1];
      if (address) resolve(address);
    });
    const fail = (how: string) => () => reject(new Error(`The node ${how}. Its output: ${said()}`));
    child.once('exit', fail('ended'));
    setTimeout(fail('did not start in time'), START_TIMEOUT_MS).unref();
  });
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await exitOf(child);
}
