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
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  type EmbeddedPostgres,
  EmbeddedPostgresError,
  startEmbeddedPostgres,
} from '../../src/database/embedded.ts';

const isRoot = process.getuid?.() === 0;

let dataDir: string;
let started: EmbeddedPostgres[];
let owners: ChildProcess[];

beforeEach(async () => {
  dataDir = await openDirectory();
  started = [];
  owners = [];
});

afterEach(async () => {
  for (const server of started) await server.stop();
  for (const owner of owners) await end(owner, 'SIGINT');
  await rm(dataDir, { recursive: true });
});

test('What was written is there after a stop and a start', async () => {
  const first = await start();
  expect(first.isNew).toBe(true);
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await expect(query(first.url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);

  const second = await start();
  expect(second.isNew).toBe(false);
  expect(await query(second.url, 'SELECT answer FROM kept')).toEqual([{ answer: 42 }]);
});

test('A killed owner leaves its server and data to the next start', async () => {
  const { owner, line: url } = await startOwner();
  await query(url, 'CREATE TABLE kept ()');
  await end(owner, 'SIGKILL');

  const next = await start();
  expect(next.url).toBe(url);
  expect(await query(url, "SELECT to_regclass('kept')::text AS name")).toEqual([{ name: 'kept' }]);
  await next.stop();
  await expect(query(url, 'SELECT 1')).rejects.toThrow(/ECONNREFUSED/);
});

test('A crash of the whole machine is recovered from', async () => {
  const { owner, line: url } = await startOwner();
  await query(url, 'CREATE TABLE kept ()');
  const pidFile = await readFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), 'utf8');
  process.kill(Number.parseInt(pidFile, 10), 'SIGKILL');
  await end(owner, 'SIGKILL');
  expect(await query((await start()).url, "SELECT to_regclass('kept')::text AS name")).toEqual([
    { name: 'kept' },
  ]);
});

test('Of two that start at once on an empty directory, one gets it', async () => {
  const lines = (await Promise.all([startOwner(), startOwner()])).map((outcome) => outcome.line);
  expect(lines.filter((line) => line.startsWith('postgresql://'))).toHaveLength(1);
  expect(lines.filter((line) => line.startsWith('Another Masthead runs'))).toHaveLength(1);
});

test('Ctrl-C does not take the server away before the application has closed', async () => {
  const { owner, nextLine } = await startOwner();
  // A terminal sends it to the whole foreground process group.
  process.kill(-(owner.pid ?? 0), 'SIGINT');
  expect(await nextLine()).toBe('closed');
});

test('A creation that was interrupted is done again', async () => {
  const halfMade = path.join(dataDir, '.new-999999999');
  await mkdir(path.join(halfMade, 'cluster'), { recursive: true });
  await start();
  expect(await readdir(dataDir)).toEqual(['postgres']);
});

test('A pid file whose number another program has by now does not stop a start', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'postgres/cluster/postmaster.pid'), `${process.pid}\n/elsewhere\n`);
  expect((await start()).isNew).toBe(true);
});

test('A cluster of another major version is refused, naming both', async () => {
  await mkdir(path.join(dataDir, 'postgres/cluster'), { recursive: true });
  await writeFile(path.join(dataDir, 'postgres/cluster/PG_VERSION'), '12\n');
  await expect(start()).rejects.toThrow(/was made by PostgreSQL 12, and this Masthead brings PostgreSQL 18/);
});

test('A server that cannot start says why', async () => {
  await (await start()).stop();
  await writeFile(path.join(dataDir, 'postgres/cluster/postgresql.conf'), 'no_such_setting = on\n');
  await expect(start()).rejects.toThrow(
    /did not start.*unrecognized configuration parameter "no_such_setting"/s,
  );
});

test.runIf(isRoot)('Root may keep DATA_DIR in a directory that is closed to others', async () => {
  await chmod(dataDir, 0o700);
  const messages: string[] = [];
  const server = await start({ log: (message) => messages.push(message) });
  const home = path.join(dataDir, 'postgres');
  const place = await realpath(home);
  expect((await lstat(home)).isSymbolicLink()).toBe(true);
  expect(messages.join()).toContain(place);
  expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await server.stop();
  await rm(place, { recursive: true });
});

describe('A running server', () => {
  let home: string;
  let server: EmbeddedPostgres;

  beforeAll(async () => {
    home = await openDirectory();
    server = await startEmbeddedPostgres({ dataDir: home });
  });

  afterAll(async () => {
    await server.stop();
    await rm(home, { recursive: true });
  });

  test('listens on the loopback alone', async () => {
    expect(await query(server.url, 'SHOW listen_addresses')).toEqual([{ listen_addresses: '127.0.0.1' }]);
    expect(await query(server.url, 'SHOW unix_socket_directories')).toEqual([
      { unix_socket_directories: '' },
    ]);
  });

  test('keeps its password to its user, and wants it', async () => {
    expect((await stat(path.join(home, 'postgres/password'))).mode & 0o777).toBe(0o600);
    const guess = new URL(server.url);
    guess.password = 'guess';
    await expect(query(guess.href, 'SELECT 1')).rejects.toThrow(/authentication failed/);
  });

  test('logs to a file', async () => {
    await expect(query(server.url, 'SELECT nonsense')).rejects.toThrow();
    const directory = path.join(home, 'postgres/cluster/log');
    const readLogs = async () =>
      Promise.all((await readdir(directory)).map((name) => readFile(path.join(directory, name), 'utf8')));
    await expect.poll(readLogs).toContainEqual(expect.stringContaining('column "nonsense" does not exist'));
  });

  test('stays owned when it breaks off all connections', async () => {
    await query(server.url, "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    const owners = "SELECT count(*)::int AS count FROM pg_locks WHERE locktype = 'advisory' AND granted";
    await expect.poll(() => query(server.url, owners)).toEqual([{ count: 1 }]);
    await expect(startEmbeddedPostgres({ dataDir: home })).rejects.toThrow(EmbeddedPostgresError);
  });

  test('refuses a second owner, and goes on', async () => {
    const second = startEmbeddedPostgres({ dataDir: home });
    await expect(second).rejects.toThrow(/Another Masthead runs on DATA_DIR .*set DATABASE_URL/);
    expect(await query(server.url, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  });
});

/** Root's PostgreSQL runs as another user, who must get through. */
async function openDirectory(): Promise<string> {
  const directory = await mkdtemp(path.join(tmpdir(), 'embedded-'));
  await chmod(directory, 0o711);
  return directory;
}

async function start(options: { log?: (message: string) => void } = {}): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, settings: { fsync: 'off' }, ...options });
  started.push(server);
  return server;
}

/** In a process, and a process group, of its own; returns once it printed its first line. */
async function startOwner() {
  const owner = spawn(
    process.execPath,
    [path.join(import.meta.dirname, 'own-embedded-postgres.ts'), dataDir],
    {
      detached: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
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

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}
