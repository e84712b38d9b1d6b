import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitOf, hear } from './nodes.ts';

/** Whether Debian's packages of Varnish and of its modules are installed. */
export const isVarnishHere = existsSync('/usr/sbin/varnishd');

/** For the title of what is skipped without it. */
export const NEEDS_VARNISH = 'needs Varnish (Debian: varnish varnish-modules)';

export type Cache = { address: string; stop(): Promise<void> };

/** Milliseconds: Varnish has a C compiler translate its configuration first. */
const START_PATIENCE = 60_000;

const configuration = path.join(import.meta.dirname, '../../docs/varnish.vcl');

/** With the configuration of the documentation, in front of what listens at `backend`. */
export async function startVarnish(backend: string, address: string): Promise<Cache> {
  const folder = await mkdtemp(path.join(tmpdir(), 'masthead-varnish-'));
  const vcl = path.join(folder, 'masthead.vcl');
  await writeFile(vcl, await readConfiguration(backend));
  const child = spawn('/usr/sbin/varnishd', [
    ...['-F', '-n', path.join(folder, 'work'), '-f', vcl],
    ...['-a', new URL(address).host, '-s', 'malloc,32m', '-j', 'none'],
  ]);
  const stop = async () => {
    // Its worker ends with it.
    child.kill('SIGTERM');
    await exitOf(child);
    await rm(folder, { recursive: true });
  };
  try {
    await untilListening(child, address);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function readConfiguration(backend: string): Promise<string> {
  const { hostname, port } = new URL(backend);
  const text = await readFile(configuration, 'utf8');
  return text.replace('"127.0.0.1";\n    .port = "3000"', `"${hostname}";\n    .port = "${port}"`);
}

/** What it says about its start comes before its worker listens. */
async function untilListening(child: ChildProcess, address: string): Promise<void> {
  const said = hear(child);
  const deadline = performance.now() + START_PATIENCE;
  while (!(await canConnect(address))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`${child.spawnfile} did not start. It said: ${said()}`);
    }
    await sleep(20);
  }
}

function canConnect(address: string): Promise<boolean> {
  const { hostname, port } = new URL(address);
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname);
    socket.once('error', () => resolve(false));
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
  });
}

/** An address of this machine at which nothing listens. */
export async function findFreeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('It listens at no port.');
  return `http://127.0.0.1:${address.port}`;
}
