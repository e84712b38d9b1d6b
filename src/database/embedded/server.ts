import { spawn } from 'node:child_process';
import { open, readFile, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverEnvironment } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { readCommand } from './processes.ts';

export type Server = Readonly<{ pid: number; port: number }>;

/** Long enough for the recovery after a crash of the machine, in milliseconds */
const patience = 180_000;
const attempts = 3;

/** The server that runs on the cluster already, or one that this call starts, once it takes connections. */
export async function runServer(cluster: Cluster): Promise<Server> {
  const deadline = Date.now() + patience;
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

/** As `pg_ctl stop -m fast` does it; returns when the data directory is free. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = await findServer(cluster);
  if (server === null) return;
  process.kill(server.pid, 'SIGINT');
  while ((await findServer(cluster)) !== null) await sleep(10);
}

export async function connectTo(cluster: Cluster, server: Server, database: string): Promise<pg.Client> {
  const { user, password } = cluster;
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user, password, database });
  // A lost connection shows in its next query; without a listener it would end the process.
  client.on('error', () => {});
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
  await removeStalePidFile(cluster);
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
 * PostgreSQL clears away the pid file of a process that is gone, but not one whose number another program
 * has by now, as happens in containers, where numbers are small. Renamed before it is judged again:
 * another Masthead may start at this moment, and the file of its PostgreSQL must stay.
 */
async function removeStalePidFile(cluster: Cluster): Promise<void> {
  if (!(await isStale(pidFile(cluster)))) return;
  const aside = `${pidFile(cluster)}.stale`;
  await rename(pidFile(cluster), aside);
  if (await isStale(aside)) await rm(aside);
  else await rename(aside, pidFile(cluster));
}

async function isStale(file: string): Promise<boolean> {
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  const command = await readCommand(pid);
  return command !== '' && !command.includes('postgres');
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
