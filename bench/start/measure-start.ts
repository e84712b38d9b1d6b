import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readMemory } from '../media/watch-memory.ts';
import { getRaw } from '../raw-get.ts';
import { findFreePort } from '../server-child.ts';

export type MeasuredStart = {
  subject: string;
  /** For each round: milliseconds from the start of the process until it is ready. */
  ready: number[];
  /** For each round: bytes of resident memory some seconds later. Empty where the system does not report them. */
  memory: number[];
};

type Program = { subject: string; args: string[] };

const ROUNDS = 9;
const START_TIMEOUT_MS = 60_000;
/** Until what only the start needed is given back. */
const SETTLE_MS = 3_000;
const POLL_INTERVAL_MS = 5;

const pathOf = (file: string) => fileURLToPath(import.meta.resolve(file));

/** Each program that listens answers /health/ready when it can serve. */
const PROGRAMS: readonly Program[] = [
  { subject: 'Node.js, an empty script', args: ['--eval', '0'] },
  { subject: 'Fastify and Prisma, one query', args: [pathOf('./bare-start.ts')] },
  { subject: 'Masthead', args: ['--max-semi-space-size=4', pathOf('../../src/main.mjs')] },
];

/** Starts each program in turn, with its database there, migrated and empty. The first round is not counted. */
export async function measureStart(databaseUrl: string, directory: string): Promise<MeasuredStart[]> {
  const measured = PROGRAMS.map(({ subject }): MeasuredStart => ({ subject, ready: [], memory: [] }));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [index, program] of PROGRAMS.entries()) {
      const { ready, memory } = await startOnce(program, databaseUrl, directory);
      if (round === 0) continue;
      measured[index]?.ready.push(ready);
      if (memory !== null) measured[index]?.memory.push(memory);
    }
  }
  return measured;
}

async function startOnce({ args }: Program, databaseUrl: string, directory: string) {
  const port = await findFreePort();
  const start = performance.now();
  const child = spawn(process.execPath, args, {
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'production' },
      ...{ DATABASE_URL: databaseUrl, DATA_DIR: directory, PORT: String(port), SAMPLE_CONTENT: 'false' },
    },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  if (!args.some((arg) => /\.m?[jt]s$/.test(arg))) {
    await ended;
    return { ready: performance.now() - start, memory: null };
  }
  await untilReady(`http://127.0.0.1:${port}/health/ready`);
  const ready = performance.now() - start;
  await sleep(SETTLE_MS);
  const memory = await readMemory(child.pid ?? 0);
  child.kill('SIGTERM');
  await ended;
  return { ready, memory: memory?.server ?? null };
}

async function untilReady(url: string): Promise<void> {
  const agent = new Agent();
  const deadline = performance.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await getRaw(url, {}, agent).catch(() => null);
    if (answer?.status === 200) return;
    if (performance.now() > deadline) throw new Error(`${url} was not ready in time`);
    await sleep(POLL_INTERVAL_MS);
  }
}
