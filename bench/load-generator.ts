/**
 * A process that requests one resource over kept-alive connections, as fast as the server answers. It only checks the
 * status and the length of a response, which must equal those of the first response. So it keeps a server busy with a
 * small part of a core.
 */

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { createHistogram } from 'node:perf_hooks';
import { type LoadAnswer, loadOrder, type WholeOrder, type WholeTarget } from './load-target.ts';

/** Request times in microseconds. */
const times = createHistogram();
let sockets: Socket[] = [];
let answers = 0;
let fault: string | null = null;

process.on('disconnect', () => process.exit());
process.on('message', async (message) => {
  try {
    await carryOut(loadOrder.parse(message));
  } catch (error) {
    fault ??= String(error);
  }
  const answer: LoadAnswer = fault === null ? describeCount() : { fault };
  process.send?.(answer);
});

async function carryOut(order: WholeOrder): Promise<void> {
  if (order.kind === 'start') await start(order.target);
  if (order.kind === 'begin') times.reset();
  if (order.kind === 'stop') stop();
}

function describeCount(): LoadAnswer {
  return { answers, at: performance.now(), p50: times.percentile(50), p99: times.percentile(99) };
}

async function start(target: WholeTarget): Promise<void> {
  const length = await measureAnswer(target, requestOf(target, 0));
  sockets = Array.from({ length: target.connections }, (_, index) =>
    keepAsking(target, requestOf(target, index), length),
  );
}

function stop(): void {
  for (const socket of sockets) socket.removeAllListeners('close').destroy();
  sockets = [];
}

/** Different empty queries make different cache keys for the same resource. */
function requestOf({ port, path, headers, isApart }: WholeTarget, connection: number): Buffer {
  const address = isApart ? `${path}?${'&'.repeat(connection)}` : path;
  const fields = { host: `127.0.0.1:${port}`, accept: 'application/json', ...headers };
  const lines = Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${address} HTTP/1.1\r\n${lines.join('')}\r\n`);
}

/** The bytes of a whole response. */
async function measureAnswer({ port, status }: WholeTarget, request: Buffer): Promise<number> {
  const socket = connect(port, '127.0.0.1');
  socket.write(request);
  let text = '';
  for (;;) {
    const [chunk] = await once(socket, 'data');
    text += chunk.toString('latin1');
    const headLength = text.indexOf('\r\n\r\n') + 4;
    if (headLength < 4) continue;
    const bodyLength = Number(/^content-length: (\d+)/im.exec(text)?.[1] ?? 0);
    if (text.length < headLength + bodyLength) continue;
    socket.destroy();
    if (!text.startsWith(`HTTP/1.1 ${status} `))
      throw new Error(`The status is not ${status}: ${text.slice(0, 1_000)}`);
    return headLength + bodyLength;
  }
}

function keepAsking({ port, status }: WholeTarget, request: Buffer, length: number): Socket {
  const firstWords = Buffer.from(`HTTP/1.1 ${status} `);
  let missing = length;
  let sentAt = performance.now();
  const socket = connect({
    port,
    host: '127.0.0.1',
    noDelay: true,
    onread: {
      buffer: Buffer.allocUnsafe(64 * 1024),
      callback(size, buffer) {
        if (missing === length && !isStart(buffer, firstWords)) fail(socket, 'a response has another status');
        missing -= size;
        if (missing < 0) fail(socket, 'a response is too long');
        if (missing > 0) return true;
        const now = performance.now();
        times.record(Math.max(1, Math.round((now - sentAt) * 1_000)));
        answers += 1;
        missing = length;
        sentAt = now;
        socket.write(request);
        return true;
      },
    },
  });
  socket.on('error', (error) => fail(socket, error.message));
  socket.on('close', () => fail(socket, 'the connection was closed'));
  socket.write(request);
  return socket;
}

function isStart(buffer: Uint8Array, words: Buffer): boolean {
  return words.equals(buffer.subarray(0, words.length));
}

function fail(socket: Socket, message: string): void {
  fault ??= `The load generator failed: ${message}`;
  socket.destroy();
}
