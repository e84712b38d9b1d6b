import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Child, startChild } from './child.ts';

const usage = z.object({
  /** Microseconds that it has computed so far, in user and in system mode */
  cpu: z.number(),
  /** Bytes of resident memory, without the processes that it has started */
  memory: z.number(),
});
export type Usage = z.infer<typeof usage>;

/** A server that is measured. */
export type ServerChild = {
  pid: number;
  port: number;
  origin: string;
  readUsage(): Promise<Usage>;
  stop(): Promise<void>;
};

export type ServerOptions = {
  /** The script, and what it is given. */
  args: readonly string[];
  env: Record<string, string>;
  /** Null: wherever there is time. */
  core: string | null;
  /** Takes its log. */
  directory: string;
};

/** Milliseconds in which a server must answer; it may have the sample to load. */
const PATIENCE = 60_000;

export async function startServer({ args, env, core, directory }: ServerOptions): Promise<ServerChild> {
  const port = await findFreePort();
  const child = await startChild({
    args: ['--import', import.meta.resolve('./answer-usage.ts'), ...args],
    env: { ...env, NODE_ENV: 'production', PORT: String(port) },
    cores: core,
    logFile: join(directory, `server-${port}.log`),
  });
  const origin = `http://127.0.0.1:${port}`;
  const readUsage = async () => usage.parse(await child.ask('usage'));
  try {
    await waitForAnswer(origin, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { pid: child.pid, port, origin, readUsage, stop: child.stop };
}

/** Asks the child too, which fails when it has ended. */
async function waitForAnswer(origin: string, child: Child): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  for (;;) {
    await child.ask('usage');
    if (await answers(origin)) return;
    if (Date.now() > deadline) throw new Error(`Nothing answers at ${origin}`);
    await sleep(20);
  }
}

async function answers(origin: string): Promise<boolean> {
  try {
    await (await fetch(`${origin}/health/ready`)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
