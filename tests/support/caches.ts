import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { exitOf, hear } from './nodes.ts';

/** Starts caches in front of Masthead with the configuration from the documentation. */

export const isVarnishHere =
  existsSync('/usr/sbin/varnishd') && globSync('/usr/lib/*/varnish/vmods/libvmod_xkey.so').length > 0;
export const isNginxHere = existsSync('/usr/sbin/nginx');

/** For the titles of tests that are skipped when the program is not installed. */
export const NEEDS_VARNISH = 'needs Varnish (Debian: varnish varnish-modules)';
export const NEEDS_NGINX = 'needs nginx (Debian: nginx)';

export type Cache = { address: string; stop(): Promise<void> };

/** Varnish compiles its configuration with a C compiler before it starts. */
const START_TIMEOUT_MS = 240_000;

const docs = path.join(import.meta.dirname, '../../docs');

/** Starts Varnish in front of `backend`, and of `second` in turn. The backends may start later. */
export function startVarnish(backend: string, address: string, second?: string): Promise<Cache> {
  return startCache(address, async (folder) => {
    const [one, both] = [path.join(folder, 'masthead.vcl'), path.join(folder, 'both.vcl')];
    const text = await readFile(path.join(docs, 'varnish.vcl'), 'utf8');
    await writeFile(one, text.replace('.port = "3000"', `.port = "${new URL(backend).port}"`));
    const director = await readBlock('vcl');
    await writeFile(
      both,
      director.replace('3001', new URL(second ?? backend).port).replace('/etc/varnish/masthead.vcl', one),
    );
    const vcl = second === undefined ? one : both;
    return spawn('/usr/sbin/varnishd', [
      ...['-F', '-n', path.join(folder, 'work'), '-f', vcl],
      ...['-a', new URL(address).host, '-s', 'malloc,32m', '-j', 'none'],
    ]);
  });
}

export function startNginx(backend: string, address: string): Promise<Cache> {
  return startCache(address, async (folder) => {
    const http = (await readBlock('nginx'))
      .replaceAll('http://127.0.0.1:3000', backend)
      .replace('listen 8080', `listen ${new URL(address).host}`)
      .replace('/var/cache/nginx', folder);
    const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${folder};`,
    );
    await mkdir(path.join(folder, 'masthead'));
    await writeFile(
      path.join(folder, 'nginx.conf'),
      `user root; pid ${folder}/pid; events {} http { access_log off; ${places.join(' ')} ${http} }`,
    );
    const options = ['-p', folder, '-c', 'nginx.conf', '-e', 'stderr', '-g', 'daemon off;'];
    return spawn('/usr/sbin/nginx', options);
  });
}

/** The first code block in this language. */
async function readBlock(language: string): Promise<string> {
  const page = await readFile(path.join(docs, 'cdn.md'), 'utf8');
  return page.split(`\n\`\`\`${language}\n`)[1]?.split('\n```')[0] ?? '';
}

async function startCache(
  address: string,
  spawnIn: (folder: string) => Promise<ChildProcess>,
): Promise<Cache> {
  const folder = await mkdtemp(path.join(tmpdir(), 'masthead-cache-'));
  const child = await spawnIn(folder);
  const stop = async () => {
    // The worker processes end with their parent.
    child.kill('SIGTERM');
    await exitOf(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await untilListening(child, address);
    return { address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Polls the port, because the start message comes before the workers listen. */
async function untilListening(child: ChildProcess, address: string): Promise<void> {
  const said = hear(child);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await canConnect(address))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      throw new Error(`${child.spawnfile} did not start. Its output: ${said()}`);
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

/** A local address on which nothing listens. */
export async function findFreeAddress(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return `http://127.0.0.1:${address.port}`;
}
