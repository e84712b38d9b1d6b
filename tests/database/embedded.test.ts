import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '../../src/database/embedded/start-embedded.ts';

const isRoot = process.getuid?.() === 0;

/** The servers and processes that a test started. They are stopped after it, even if it fails. */
let started: EmbeddedPostgres[] = [];
let owners: ChildProcess[] = [];

afterEach(stopAll);

async function stopAll(): Promise<void> {
  for (const server of started) await server.stop();
  for (const owner of owners) await end(owner, 'SIGINT');
  started = [];
  owners = [];
}

describe('an embedded server in an empty directory', () => {
  let dataDir: string;

  beforeEach(async () => {
    dataDir = await openDirectory();
  });

  afterEach(async () => {
    await stopAll();
    await rm(dataDir, { recursive: true });
  });

  test('of two processes that start at the same time one gets the directory', async () => {
    const outcomes = await Promise.all([startOwner(dataDir), startOwner(dataDir)]);
    const lines = outcomes.map((outcome) => outcome.line);
    expect(lines.filter((line) => line.startsWith('postgresql://'))).toHaveLength(1);
    expect(lines.filter((line) => line.startsWith('Another Masthead process uses'))).toHaveLength(1);
  });

  test('an interrupted creation of the cluster is repeated', async () => {
    await mkdir(path.join(dataDir, '.new-999999999/cluster'), { recursive: true });
    expect((await start(dataDir)).isNew).toBe(true);
    expect(await readdir(dataDir)).toEqual(['postgres']);
  });

  test('a server that was killed is started again on the same port, with its data', async () => {
    const { url } = await start(dataDir);
    await query(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await killServer(dataDir);
    await expect
      .poll(() => query(url, 'SELECT answer FROM kept').catch(() => null))
      .toEqual([{ answer: 42 }]);
    const owners = "SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND granted";
    await expect.poll(() => query(url, owners)).toEqual([{ count: 1 }]);
    await expect(start(dataDir)).rejects.toThrow(/Another Masthead/);
  });

  test('the owner learns why a server that was killed cannot be started again', async () => {
    const lost = Promise.withResolvers<unknown>();
    started.push(await startEmbeddedPostgres({ dataDir, onLost: lost.resolve }));
    const settings = path.join(dataDir, 'postgres/cluster/postgresql.auto.conf');
    await writeFile(settings, 'no_such_setting = on\n');
    await killServer(dataDir);
    expect(String(await lost.promise)).toMatch(/did not start.*parameter "no_such_setting"/s);
  });

  test.runIf(isRoot)('root can use a directory that is closed to other users', async () => {
    await chmod(dataDir, 0o700);
    const server = await start(dataDir);
    const home = path.join(dataDir, 'postgres');
    const place = await realpath(home);
    expect((await lstat(home)).isSymbolicLink()).toBe(true);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    await server.stop();
    await rm(place, { recursive: true });
  });
});

describe('an embedded server in a directory with a cluster', () => {
  let dataDir: string;

  beforeAll(async () => {
    dataDir = await openDirectory();
    await (await startEmbeddedPostgres({ dataDir })).stop();
  });

  afterAll(() => rm(dataDir, { recursive: true }));

  test('data survives a restart', async () => {
    const first = await start(dataDir);
    expect(first.isNew).toBe(true);
    await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
    await first.stop();
    await expect(query(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);

    const second = await start(dataDir);
    expect(second.isNew).toBe(false);
    expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
  });

  test('the next owner adopts the server of a killed one and stops it at its own end', async () => {
    const { owner, line: url } = await startOwner(dataDir);
    await end(owner, 'SIGKILL');
    expect(await query(url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);

    const next = await start(dataDir);
    expect(next.url).toBe(url);
    await next.stop();
    await expect(query(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
  });

  test('committed data survives a crash of the owner and the server', async () => {
    const { owner, line: url } = await startOwner(dataDir);
    await query(url, 'CREATE TABLE committed ()');
    const pid = Number.parseInt(await readFile(pidFile(dataDir), 'utf8'), 10);
    process.kill(pid, 'SIGKILL');
    await end(owner, 'SIGKILL');
    const { url: next } = await start(dataDir);
    expect(await query(next, "SELECT to_regclass('committed')::text AS name")).toEqual([
      { name: 'committed' },
    ]);
  });

  test('a stale pid file with the pid of another program does not prevent the start', async () => {
    await writeFile(pidFile(dataDir), `${process.pid}\n/elsewhere\n`);
    const server = await start(dataDir);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('Ctrl-C does not stop the server before the application has closed', async () => {
    const { owner, nextLine } = await startOwner(dataDir);
    // A terminal sends SIGINT to the whole foreground process group.
    process.kill(-(owner.pid ?? 0), 'SIGINT');
    expect(await nextLine()).toBe('closed');
  });

  test('the error of a server that cannot start contains the reason', async () => {
    const settings = path.join(dataDir, 'postgres/cluster/postgresql.auto.conf');
    await writeFile(settings, 'no_such_setting = on\n');
    await expect(start(dataDir)).rejects.toThrow(/did not start.*parameter "no_such_setting"/s);
    await writeFile(settings, '');
  });

  test('a cluster of another major version is rejected with both versions in the message', async () => {
    const version = path.join(dataDir, 'postgres/cluster/PG_VERSION');
    const original = await readFile(version);
    await writeFile(version, '12\n');
    await expect(start(dataDir)).rejects.toThrow(
      /PostgreSQL 12, but this version of Masthead includes PostgreSQL 18/,
    );
    await writeFile(version, original);
  });
});

describe('a running embedded server', () => {
  let dataDir: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    dataDir = await openDirectory();
    server = await startEmbeddedPostgres({ dataDir });
  });

  afterAll(async () => {
    await server.stop();
    await rm(dataDir, { recursive: true });
  });

  test('the server listens only on the loopback interface', async () => {
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.url, 'SHOW unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
  });

  test('the server requires its password, and only its user can read the password file', async () => {
    expect((await stat(path.join(dataDir, 'postgres/password'))).mode & 0o777).toBe(0o600);
    const guess = new URL(server.url);
    guess.password = 'guess';
    await expect(query(guess.href, 'SELECT 1')).rejects.toThrow(/authentication failed/);
  });

  test('the server logs to a file', async () => {
    await expect(query(server.url, 'SELECT nonsense')).rejects.toThrow();
    const directory = path.join(dataDir, 'postgres/cluster/log');
    const readLogs = async () =>
      Promise.all((await readdir(directory)).map((name) => readFile(path.join(directory, name), 'utf8')));
    await expect.poll(readLogs).toContainEqual(expect.stringContaining('column "nonsense" does not exist'));
  });

  test('a second owner is rejected, and the server keeps running', async () => {
    const second = await start(dataDir).catch((error: Error) => error);
    expect(second).toBeInstanceOf(EmbeddedPostgresError);
    expect(String(second)).toMatch(/Another Masthead process uses DATA_DIR .*set DATABASE_URL/);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });

  test('the owner keeps the server after the server has closed all connections', async () => {
    await query(server.url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    const countOwnerLocks =
      "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND granted";
    await expect.poll(() => query(server.url, countOwnerLocks)).toEqual([{ count: 1 }]);
    await expect(start(dataDir)).rejects.toThrow(/Another Masthead/);
  });
});

async function killServer(dataDir: string): Promise<void> {
  process.kill(Number.parseInt(await readFile(pidFile(dataDir), 'utf8'), 10), 'SIGKILL');
}

/** Creates a directory that other users can enter: for root, PostgreSQL runs as another user. */
async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'embedded-'));
  await chmod(directory, 0o711);
  return directory;
}

async function start(dataDir: string): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir });
  started.push(server);
  return server;
}

/** Starts an owner in its own process group, and returns once it has printed its first line. */
async function startOwner(dataDir: string) {
  const program = fileURLToPath(new URL('./own-embedded-postgres.ts', import.meta.url));
  const owner = spawn(process.execPath, [program, dataDir], {
    detached: true,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  owners.push(owner);
  const lines = createInterface({ input: owner.stdout })[Symbol.asyncIterator]();
  const nextLine = async (): Promise<string> => (await lines.next()).value ?? '';
  return { owner, nextLine, line: await nextLine() };
}

async function end(owner: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (owner.exitCode !== null || owner.signalCode !== null) return;
  const exited = once(owner, 'exit');
  owner.kill(signal);
  await exited;
}

function pidFile(dataDir: string): string {
  return path.join(dataDir, 'postgres/cluster/postmaster.pid');
}

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
