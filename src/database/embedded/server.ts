import { spawn } from 'node:child_process';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeClient } from '../connections.ts';
import { serverEnvironment } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { readCommand, signal } from './processes.ts';

export type Server = Readonly<{ pid: number; port: number }>;

/** Milliseconds, enough for the recovery after a crash of the machine */
const startPatience = 180_000;
const stopPatience = 30_000;
const attempts = 3;

/** The server that runs on the cluster already, or one that this call starts, once it takes connections. */
export async function runServer(cluster: Cluster): Promise<Server> {
  const deadline = Date.now() + startPatience;
  let hasEnded = () => true;
  for (let attempt = 0; Date.now() < deadline; await sleep(20)) {
    const server = await findServer(cluster);
    if (server !== null && (await takesConnections(cluster, server))) return server;
    if (server !== null || !hasEnded()) continue;
    // The port may be gone since it was found free, or a crashed server's children still linger.
    if (attempt === attempts) break;
    await sleep(200 * attempt);
    hasEnded = await spawnServer(cluster);
    attempt += 1;
  }
  throw await startFailed(cluster);
}

/** Returns when the data directory is free. */
export async function stopServer(cluster: Cluster): Promise<void> {
  // What `pg_ctl stop` calls fast, and then immediate, after which the next start recovers.
  if (await stopBy('SIGINT', cluster)) return;
  await stopBy('SIGQUIT', cluster);
}

async function stopBy(name: NodeJS.Signals, cluster: Cluster): Promise<boolean> {
  const server = await findServer(cluster);
  if (server === null) return true;
  signal(server.pid, name);
  const deadline = Date.now() + stopPatience;
  while (Date.now() < deadline) {
    await sleep(10);
    if ((await findServer(cluster)) === null) return true;
  }
  return false;
}

export async function connectTo(cluster: Cluster, server: Server, database: string): Promise<pg.Client> {
  const { user, password } = cluster;
  // A lost connection shows in its next query.
  const client = makeClient({ host: '127.0.0.1', port: server.port, user, password, database });
  await client.connect();
  return client;
}

/** Lines of postmaster.pid: process id, data directory, start time, port. */
async function findServer(cluster: Cluster): Promise<Server | null> {
  const [pid, , , port] = (await readFile(pidFile(cluster), 'utf8').catch(() => '')).split('\n').map(Number);
  if (!pid || !(await readCommand(pid)).includes(cluster.directory)) return null;
  return { pid, port: port || 0 };
}

function pidFile(cluster: Cluster): string {
  return path.join(cluster.directory, 'postmaster.pid');
}

async function takesConnections(cluster: Cluster, server: Server): Promise<boolean> {
  if (server.port === 0) return false;
  try {
    await (await connectTo(cluster, server, 'postgres')).end();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw wrongPassword(cluster);
    return false;
  }
}

/**
 * In a session of its own (`detached`): Ctrl-C in a terminal goes to every process of the session's
 * foreground, and must not take the server away while the application still closes.
 */
async function spawnServer(cluster: Cluster): Promise<() => boolean> {
  await mendPidFile(cluster);
  const log = await open(cluster.startLog, 'w', 0o600);
  const server = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.directory, '-p', String(await findFreePort())],
    {
      ...cluster.account,
      cwd: '/',
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: serverEnvironment,
    },
  );
  let hasEnded = false;
  for (const event of ['exit', 'error']) server.once(event, () => (hasEnded = true));
  server.unref();
  await log.close();
  return () => hasEnded;
}

/**
 * PostgreSQL clears away the pid file of a process that is gone, but not where a zombie or, as happens in
 * containers, another program has that number by now. The file stays, with the number of no process: it
 * also tells PostgreSQL how to find a crashed server's children. Renamed before it is judged again,
 * because the PostgreSQL of another Masthead may write its own at this moment.
 */
async function mendPidFile(cluster: Cluster): Promise<void> {
  const file = pidFile(cluster);
  const aside = `${file}.aside`;
  if (!(await isStale(file))) return;
  await rename(file, aside);
  if (await isStale(aside)) {
    const content = await readFile(aside, 'utf8');
    await writeFile(aside, content.replace(/^\d+/, String(numberOfNoProcess)));
  }
  await link(aside, file).catch(() => {});
  await rm(aside);
}

const numberOfNoProcess = 2 ** 31 - 1;

async function isStale(file: string): Promise<boolean> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  return pid > 0 && signal(pid, 0) && !(await readCommand(pid)).includes('postgres');
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

async function startFailed(cluster: Cluster): Promise<EmbeddedPostgresError> {
  const words = await readFile(cluster.startLog, 'utf8').catch(() => '');
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL did not start. See its log in ${cluster.directory}/log.\n${words}`.trim(),
  );
}

function wrongPassword(cluster: Cluster): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL refuses the password in ${path.dirname(cluster.startLog)}/password.`,
  );
}
