import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type Child, startChild } from './child.ts';

const usage = z.object({
  /** Microseconds of user and system CPU time so far. */
  cpu: z.number(),
  /** Bytes of resident memory, without child processes. */
  memory: z.number(),
});
export type Usage = z.infer<typeof usage>;

/** A measured server. */
export type ServerChild = {
  pid: number;
  port: number;
  origin: string;
  readUsage(): Promise<Usage>;
  stop(): Promise<void>;
};

export type ServerOptions = {
  /** The script and its arguments. */
  args: readonly string[];
  env: Record<string, string>;
  /** The core to run on, or null for any. */
  core: string | null;
  /** The folder for its log. */
  directory: string;
};

/** The start may take long, because a server may have to load the sample. */
const START_TIMEOUT_MS = 60_000;

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

/** Also sends a question to the child, which fails when the child has ended. */
async function waitForAnswer(origin: string, child: Child): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
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

export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}
