import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { StoredFile } from '../../../src/modules/media/storage/storage.ts';
import { useMasthead } from '../../support/app.ts';
import { putMedia } from './stored-files.ts';

const masthead = useMasthead();

let port = 0;

beforeAll(async () => {
  port = Number(new URL(await masthead.app.listen({ host: '127.0.0.1', port: 0 })).port);
});

afterEach(() => vi.restoreAllMocks());

/** More bytes than the socket buffers hold. */
const LARGE = { bytes: Buffer.alloc(20 * 1024 * 1024, 'x') };

/** Sends a request over a new connection and returns both ends of it. */
async function ask(path: string): Promise<{ client: Socket; server: Socket }> {
  const connected = once(masthead.app.server, 'connection');
  const client = connect(port, '127.0.0.1');
  client.write(`GET ${path} HTTP/1.1\r\nhost: masthead.test\r\nconnection: close\r\n\r\n`);
  const [server] = await connected;
  return { client, server };
}

/** Resolves with the next file that the storage opens. */
function nextOpened(beforeOpening = async () => {}): Promise<StoredFile> {
  const { storage } = masthead.media;
  const { open } = storage;
  return new Promise((resolve) => {
    vi.spyOn(storage, 'open').mockImplementation(async (...wanted) => {
      await beforeOpening();
      const file = await open(...wanted);
      if (file) resolve(file);
      return file;
    });
  });
}

describe('open files of disconnected clients', () => {
  test('the file is closed when the client disconnects halfway', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened();
    const { client } = await ask(path);
    const { bytes } = await opened;
    await once(client, 'data');
    expect(bytes.closed).toBe(false);
    client.destroy();
    await expect.poll(() => bytes.closed).toBe(true);
    expect(bytes.readableEnded).toBe(false);
  });

  test('the file is closed when the client disconnects before it is opened', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened(async () => {
      const { client, server } = await asked;
      client.destroy();
      await once(server, 'close');
    });
    const asked = ask(path);
    const { bytes } = await opened;
    await expect.poll(() => bytes.closed).toBe(true);
  });

  test('the file is closed when the client reads nothing for two minutes', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened();
    const { client, server } = await ask(path);
    client.pause();
    const { bytes } = await opened;
    await expect.poll(() => server.timeout).toBe(120_000);
    // Node emits this event when the socket has been idle that long.
    server.emit('timeout');
    await expect.poll(() => bytes.closed).toBe(true);
    expect(server.destroyed).toBe(true);
    client.destroy();
  });

  test('the file is closed after it was sent', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened();
    const { client } = await ask(path);
    const answer = await text(client);
    expect(answer.length).toBeGreaterThan(LARGE.bytes.length);
    const { bytes } = await opened;
    await expect.poll(() => bytes.closed).toBe(true);
  });
});
