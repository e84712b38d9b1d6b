import { getEventListeners, once } from 'node:events';
import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { refusalOf, useOutside } from './outside.ts';

const outside = useOutside();
const maxBytes = 100_000;

const open = (limits = {}, signal?: AbortSignal) =>
  fetchFromOutside(outside.url(), { maxBytes, ...(signal ? { signal } : {}) }, outside.reach(limits));
const read = async (limits = {}) => buffer((await open(limits)).bytes);

const unreachable = { kind: 'invalid', code: 'address_unreachable', cause: undefined };
const tooLarge = {
  kind: 'too_large',
  code: 'file_too_large',
  message: 'A file can have at most 100000 bytes.',
  details: { maxBytes },
};

/** Answers with the head and then calls `write` with the socket. */
function sendRaw(head: string, write: (socket: Socket) => void = () => {}) {
  outside.answer = (_request, { socket }) => {
    socket?.write(`HTTP/1.1 200 OK\r\n${head}\r\n`);
    if (socket) write(socket);
  };
}

const allConnectionsClosed = () => expect.poll(() => outside.open.size).toBe(0);

describe('bodies of fetched files', () => {
  test('a body of exactly the maximum size is accepted, with a length or chunked', async () => {
    const content = Buffer.alloc(maxBytes, 7);
    for (const headers of [{ 'content-length': maxBytes }, { 'transfer-encoding': 'chunked' }]) {
      outside.answer = (_request, response) => response.writeHead(200, headers).end(content);
      expect((await read()).equals(content)).toBe(true);
    }
    await allConnectionsClosed();
  });

  test('a body whose Content-Length is too large is refused at once', async () => {
    outside.answer = (_request, response) =>
      response.writeHead(200, { 'content-length': maxBytes + 1 }).flushHeaders();
    expect(await refusalOf(open())).toMatchObject(tooLarge);
    await allConnectionsClosed();
  });

  test('an endless body is refused as soon as it exceeds the maximum size', async () => {
    let sent = 0;
    outside.answer = (_request, response) => {
      const more = () => {
        while (!response.destroyed && response.write(Buffer.alloc(16_384))) sent += 16_384;
      };
      response.on('drain', more);
      more();
    };
    expect(await refusalOf(read())).toMatchObject(tooLarge);
    await allConnectionsClosed();
    expect(sent).toBeLessThan(50_000_000);
  });

  test('a body ends at its Content-Length', async () => {
    sendRaw('Content-Length: 5\r\n', (socket) => socket.end('bytes and much more'));
    expect((await read()).toString()).toBe('bytes');
    await allConnectionsClosed();
  });

  test.each([
    ['its full length', 'Content-Length: 10\r\n', 'bytes'],
    ['its last chunk', 'Transfer-Encoding: chunked\r\n', '5\r\nbytes\r\n'],
    ['the end of a chunk', 'Transfer-Encoding: chunked\r\n', '9\r\nbytes'],
  ])('a body that is cut off before %s is refused', async (_end, head, rest) => {
    sendRaw(head, (socket) => socket.end(rest));
    expect(await refusalOf(read())).toMatchObject(unreachable);
    sendRaw(head, (socket) => socket.write(rest, () => socket.destroy()));
    expect(await refusalOf(read())).toMatchObject(unreachable);
    await allConnectionsClosed();
  });

  test('a body that stalls is refused', async () => {
    sendRaw('Content-Length: 10\r\n', (socket) => socket.write('bytes'));
    expect(await refusalOf(read({ silence: 50 }))).toMatchObject(unreachable);
    await allConnectionsClosed();
  });

  test('a body that takes too long in total is refused', async () => {
    sendRaw('Content-Length: 10000\r\n', (socket) => {
      const drip = setInterval(() => socket.write('x'), 10);
      socket.once('close', () => clearInterval(drip));
    });
    expect(await refusalOf(read({ whole: 200 }))).toMatchObject(unreachable);
    await allConnectionsClosed();
  });

  test('a body is not decompressed', async () => {
    const packed = gzipSync(Buffer.alloc(1_000_000));
    outside.answer = (_request, response) => response.end(packed);
    expect((await read()).equals(packed)).toBe(true);
  });

  test('destroying the body closes the connection', async () => {
    sendRaw('Content-Length: 10\r\n', (socket) => socket.write('bytes'));
    const { bytes } = await open();
    await once(bytes, 'readable');
    expect(outside.open.size).toBe(1);
    bytes.destroy();
    await allConnectionsClosed();
  });

  test('a late reader still gets the error of a failed body', async () => {
    sendRaw('Content-Length: 10\r\n', (socket) => socket.end('bytes'));
    const { bytes } = await open();
    await expect.poll(() => bytes.destroyed).toBe(true);
    expect(await refusalOf(buffer(bytes))).toMatchObject(unreachable);
  });

  test('an unread body slows the server down', async () => {
    const huge = 64 * 1024 * 1024;
    let sent = 0;
    outside.answer = (_request, response) => {
      const more = () => {
        while (sent < huge && response.write(Buffer.alloc(65_536))) sent += 65_536;
      };
      response.on('drain', more);
      more();
    };
    const { bytes } = await fetchFromOutside(
      outside.url(),
      { maxBytes: huge * 2 },
      outside.reach({ whole: 300 }),
    );
    await expect.poll(() => bytes.destroyed).toBe(true);
    expect(sent).toBeLessThan(huge / 2);
  });

  test('no listener is left on the abort signal of the caller', async () => {
    const { signal } = new AbortController();
    outside.answer = (_request, response) => response.end('bytes');
    await buffer((await open({}, signal)).bytes);
    await expect.poll(() => getEventListeners(signal, 'abort')).toEqual([]);
  });

  test('aborting fails the body with the reason of the signal', async () => {
    const leaving = new AbortController();
    const reason = new Error('the client is gone');
    sendRaw('Content-Length: 10\r\n', (socket) => socket.write('bytes'));
    const { bytes } = await open({}, leaving.signal);
    await once(bytes, 'readable');
    leaving.abort(reason);
    await expect(buffer(bytes)).rejects.toBe(reason);
    await allConnectionsClosed();
  });
});
