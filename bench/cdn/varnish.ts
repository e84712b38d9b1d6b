import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const CONFIGURATION = resolve(import.meta.dirname, '../../docs/varnish.vcl');
const START_TIMEOUT_MS = 30_000;

/** Starts Varnish with the configuration from the documentation, on `port` and in front of `origin`. */
export async function startVarnish(directory: string, origin: string, port: number) {
  const vcl = join(directory, 'masthead.vcl');
  const text = await readFile(CONFIGURATION, 'utf8');
  await writeFile(vcl, text.replace('.port = "3000"', `.port = "${new URL(origin).port}"`));
  const child = spawn(
    '/usr/sbin/varnishd',
    [
      ...['-F', '-n', join(directory, 'varnish'), '-f', vcl],
      ...['-a', `127.0.0.1:${port}`, '-s', 'malloc,256m', '-j', 'none'],
    ],
    { stdio: 'ignore' },
  );
  const ended = once(child, 'exit');
  await once(child, 'spawn');
  await waitForAnswer(`http://127.0.0.1:${port}/health/live`);
  return {
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

async function waitForAnswer(address: string): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  for (;;) {
    const answer = await fetch(address).catch(() => null);
    await answer?.body?.cancel();
    if (answer?.ok) return;
    if (Date.now() > deadline) throw new Error(`Nothing answers at ${address}`);
    await sleep(50);
  }
}

export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}
