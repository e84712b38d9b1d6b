import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { serverEnvironment } from './binaries.ts';
import type { Cluster } from './cluster.ts';
import { EmbeddedPostgresError } from './errors.ts';
import { isAlive, worksIn } from './processes.ts';

export type Server = Readonly<{ pid: number; port: number }>;

/** Long enough for the recovery after a crash of the machine. */
const patience = 120_000;

/** The living server of the cluster, started unless it lives already, once it takes connections. */
export async function runServer(cluster: Cluster): Promise<Server> {
  const deadline = Date.now() + patience;
  let child: ChildProcess | null = null;
  for (;;) {
    const server = await findServer(cluster);
    if (server !== null && (await takesConnections(cluster, server))) return server;
    if (server === null && (child === null || child.exitCode !== null)) {
      if (child !== null) throw await startFailed(cluster);
      child = await spawnServer(cluster);
    }
    if (Date.now() > deadline) throw await startFailed(cluster);
    await sleep(20);
  }
}

/** Sends what `pg_ctl stop -m fast` sends, and waits until the data directory is free. */
export async function stopServer(cluster: Cluster): Promise<void> {
  const server = await findServer(cluster);
  if (server === null) return;
  process.kill(server.pid, 'SIGINT');
  while ((await findServer(cluster)) !== null) await sleep(20);
}

export async function connectTo(cluster: Cluster, server: Server, database: string): Promise<pg.Client> {
  const { user, password } = cluster;
  const client = new pg.Client({ host: '127.0.0.1', port: server.port, user, password, database });
  await client.connect();
  return client;
}

/** Lines of postmaster.pid: process id, data directory, start time, port. */
async function findServer(cluster: Cluster): Promise<Server | null> {
  const file = path.join(cluster.directory, 'postmaster.pid');
  const [pid, , , port] = (await readFile(file, 'utf8').catch(() => '')).split('\n').map(Number);
  if (!pid || !(await worksIn(pid, await realpath(cluster.directory)))) return null;
  return { pid, port: port || 0 };
}

async function takesConnections(cluster: Cluster, server: Server): Promise<boolean> {
  if (server.port === 0) return false;
  try {
    const client = await connectTo(cluster, server, 'postgres');
    await client.end();
    return true;
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '28P01') throw error;
    return false;
  }
}

/**
 * In a session of its own (`detached`), so that Ctrl-C in a terminal, which goes to the whole process
 * group, does not take the server away while the application still closes.
 */
async function spawnServer(cluster: Cluster): Promise<ChildProcess> {
  await removeStalePidFile(cluster);
  const log = await open(cluster.startLog, 'w', 0o600);
  const child = spawn(
    cluster.binaries.postgres,
    ['-D', cluster.directory, '-p', String(await findFreePort())],
    {
      ...cluster.account,
      cwd: cluster.directory,
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
      env: serverEnvironment,
    },
  );
  child.unref();
  await log.close();
  return child;
}

/**
 * PostgreSQL clears away a pid file whose process is gone, but not one whose process id another program
 * has by now, as happens in containers, where the ids are small. Renamed before it is judged: another
 * Masthead may start at this moment, and its PostgreSQL's file must stay.
 */
async function removeStalePidFile(cluster: Cluster): Promise<void> {
  const file = path.join(cluster.directory, 'postmaster.pid');
  const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
  if (!isAlive(pid)) return;
  const aside = `${file}.stale`;
  await rename(file, aside);
  if (Number.parseInt(await readFile(aside, 'utf8'), 10) === pid) await rm(aside);
  else await rename(aside, file);
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
    `The embedded PostgreSQL did not start. Its log is in ${cluster.directory}/log.\n${words}`,
  );
}
