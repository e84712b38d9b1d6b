import { spawn } from 'node:child_process';
import { link, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { makeClient } from '../connections.ts';
import { SERVER_ENVIRONMENT } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { readCommand, signal } from './processes.ts';

export type Server = Readonly<{ pid: number; port: number }>;

/** Long enough for the recovery after a crash of the machine. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 30_000;
const MAX_ATTEMPTS = 3;

/** Finds the server that runs on the cluster, or starts one, on `port` if given. Resolves when it accepts connections. */
export async function runServer(cluster: Cluster, port?: number): Promise<Server> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  let hasEnded = () => true;
  for (let attempt = 0; Date.now() < deadline; await sleep(20)) {
    const server = await findServer(cluster);
    if (server !== null && (await acceptsConnections(cluster, server))) return server;
    if (server !== null || !hasEnded()) continue;
    // Another process may have taken the port, or child processes of a crashed server may still run.
    if (attempt === MAX_ATTEMPTS) break;
    await sleep(200 * attempt);
    hasEnded = await spawnServer(cluster, port ?? (await findFreePort()));
    attempt += 1;
  }
  throw await startFailed(cluster);
}

/** Resolves when no server uses the data directory. */
export async function stopServer(cluster: Cluster): Promise<void> {
  // The fast mode of `pg_ctl stop`, then the immediate mode, after which the next start runs recovery.
  if (await stopBy('SIGINT', cluster)) return;
  await stopBy('SIGQUIT', cluster);
}

async function stopBy(name: NodeJS.Signals, cluster: Cluster): Promise<boolean> {
  const server = await findServer(cluster);
  if (server === null) return true;
  signal(server.pid, name);
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  while (Date.now() < deadline) {
    await sleep(10);
    if ((await findServer(cluster)) === null) return true;
  }
  return false;
}

export async function connectTo(cluster: Cluster, server: Server, database: string): Promise<pg.Client> {
  const { user, password } = cluster;
  // After the loss of the connection, the next query fails.
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

async function acceptsConnections(cluster: Cluster, server: Server): Promise<boolean> {
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
 * Starts the server in its own session (`detached`). Ctrl-C in a terminal signals all foreground processes of the
 * session, and must not stop the server while the application still shuts down.
 */
async function spawnServer(cluster: Cluster, port: number): Promise<() => boolean> {
  await fixPidFile(cluster);
  const log = await open(cluster.startLog, 'w', 0o600);
  const server = spawn(cluster.binaries.postgres, ['-D', cluster.directory, '-p', String(port)], {
    ...cluster.account,
    cwd: '/',
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    env: SERVER_ENVIRONMENT,
  });
  let hasEnded = false;
  for (const event of ['exit', 'error']) server.once(event, () => (hasEnded = true));
  server.unref();
  await log.close();
  return () => hasEnded;
}

/**
 * PostgreSQL removes the pid file of a process that has ended, but not if a zombie or, as in containers, another program
 * now has that pid. This replaces the pid with one that no process has. The rest of the file must stay: PostgreSQL uses
 * it to find child processes of a crashed server. The file is renamed before it is checked again, because another
 * PostgreSQL server may write its own file at the same time.
 */
async function fixPidFile(cluster: Cluster): Promise<void> {
  const file = pidFile(cluster);
  const aside = `${file}.aside`;
  if (!(await isStale(file))) return;
  await rename(file, aside);
  if (await isStale(aside)) {
    const content = await readFile(aside, 'utf8');
    await writeFile(aside, content.replace(/^\d+/, String(UNUSED_PID)));
  }
  await link(aside, file).catch(() => {});
  await rm(aside);
}

const UNUSED_PID = 2 ** 31 - 1;

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
  const output = await readFile(cluster.startLog, 'utf8').catch(() => '');
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL did not start. See its log in ${cluster.directory}/log.\n${output}`.trim(),
  );
}

function wrongPassword(cluster: Cluster): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The embedded PostgreSQL rejects the password in ${path.dirname(cluster.startLog)}/password.`,
  );
}
