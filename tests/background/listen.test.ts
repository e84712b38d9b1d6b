import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import pg from 'pg';
import pino from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Listener, listenTo } from '../../src/background/listen.ts';
import { startBackground } from '../../src/background/recurring-work.ts';
import { useTestDatabase } from '../support/database.ts';

const testDatabase = useTestDatabase();

let pool: pg.Pool;
const stops: (() => Promise<void>)[] = [];

beforeAll(() => {
  pool = new pg.Pool({ connectionString: testDatabase.url });
});

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

afterAll(() => pool.end());

function listen(url = testDatabase.url) {
  const log = Object.assign(pino({ level: 'silent' }), { warn: vi.fn() });
  const onNotify = vi.fn();
  const listener: Listener = listenTo(
    url,
    [{ channel: 'test "channel"', onNotify, onConnect: onNotify }],
    log,
  );
  stops.push(() => listener.stop());
  return { onNotify, log, stop: () => listener.stop() };
}

async function listeners(): Promise<number[]> {
  const { rows } = await pool.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE application_name = 'masthead listener' AND datname = current_database()",
  );
  return rows.map(({ pid }) => pid);
}

const notify = () => pool.query(`SELECT pg_notify('test "channel"', '')`);

describe('a listener', () => {
  test('a listener calls its callback once when it starts to listen and for each notification', async () => {
    const { onNotify } = listen();
    await expect.poll(() => onNotify.mock.calls.length).toBe(1);
    await notify();
    await expect.poll(() => onNotify.mock.calls.length).toBe(2);
    await notify();
    await expect.poll(() => onNotify.mock.calls.length).toBe(3);
  });

  test('a listener that loses its connection logs a warning, reconnects and calls its callback, because it may have missed a notification', async () => {
    const { onNotify, log } = listen();
    await expect.poll(() => onNotify.mock.calls.length).toBe(1);
    await pool.query('SELECT pg_terminate_backend($1)', await listeners());
    await expect.poll(() => onNotify.mock.calls.length).toBe(2);
    expect(log.warn).toHaveBeenCalledTimes(1);
    await notify();
    await expect.poll(() => onNotify.mock.calls.length).toBe(3);
  });

  test('a stopped listener leaves no connection and logs no warning', async () => {
    const { onNotify, log, stop } = listen();
    await expect.poll(() => onNotify.mock.calls.length).toBe(1);
    await stop();
    await expect.poll(listeners).toEqual([]);
    expect(log.warn).not.toHaveBeenCalled();
  });

  test('a listener can be stopped while its database is unreachable', async () => {
    const { log, stop } = listen('postgresql://nobody@127.0.0.1:1/none');
    await expect.poll(() => log.warn.mock.calls.length).toBe(1);
    await stop();
    expect(log.warn).toHaveBeenCalledTimes(1);
  });

  test('a listener can be stopped while it waits for a server that accepts the connection and never answers', async () => {
    const { url, connected, close } = await startSilentServer();
    stops.push(close);
    const { stop } = listen(url);
    await connected;
    const before = performance.now();
    await stop();
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});

test('background work runs on a notification and leaves no connection when it is stopped', async () => {
  const run = vi.fn(async () => 60_000);
  const idle = async () => null;
  const tasks = {
    publishDueIssues: { run, channel: 'work' },
    stageScheduledIssues: { run: idle, channel: 'staging' },
    indexLiveTexts: { run: idle, channel: 'texts' },
    renderDueRenditions: { run: idle, channel: 'other work' },
    importPapers: { run: idle, channel: 'imports' },
    watchRelease: { run: idle },
    completePapers: { run: idle },
    sweepMedia: { run: idle },
  };
  const background = startBackground(testDatabase.url, tasks, [], pino({ level: 'silent' }));
  await expect.poll(listeners).toHaveLength(1);
  // Once at the start and once when the listener is connected, in either order.
  await expect.poll(() => run.mock.calls.length).toBe(2);
  await pool.query("SELECT pg_notify('work', '')");
  await expect.poll(() => run.mock.calls.length, { timeout: 1_500, interval: 5 }).toBe(3);
  await background.stop();
  await expect.poll(listeners).toEqual([]);
});

async function startSilentServer() {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => sockets.push(socket.on('error', () => {})));
  const connected = once(server, 'connection');
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { url: `postgresql://nobody@127.0.0.1:${port}/none`, connected, close };
}
