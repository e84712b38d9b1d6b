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

/** More than the sockets between hold. */
const LARGE = { bytes: Buffer.alloc(20 * 1024 * 1024, 'x') };

/** A request over a connection of its own, and the server's end of that. */
async function ask(path: string): Promise<{ client: Socket; server: Socket }> {
  const connected = once(masthead.app.server, 'connection');
  const client = connect(port, '127.0.0.1');
  client.write(`GET ${path} HTTP/1.1\r\nhost: masthead.test\r\nconnection: close\r\n\r\n`);
  const [server] = await connected;
  return { client, server };
}

/** The file that the storage opens next. */
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

describe('No file stays open', () => {
  test('when a client goes away half-way', async () => {
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

  test('when a client has gone before the file is opened', async () => {
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

  test('when a client takes nothing for two minutes', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened();
    const { client, server } = await ask(path);
    client.pause();
    const { bytes } = await opened;
    await expect.poll(() => server.timeout).toBe(120_000);
    // As Node says that the time is up.
    server.emit('timeout');
    await expect.poll(() => bytes.closed).toBe(true);
    expect(server.destroyed).toBe(true);
    client.destroy();
  });

  test('when all is sent', async () => {
    const { path } = await putMedia(masthead, 'mp3', {}, LARGE);
    const opened = nextOpened();
    const { client } = await ask(path);
    const answer = await text(client);
    expect(answer.length).toBeGreaterThan(LARGE.bytes.length);
    const { bytes } = await opened;
    await expect.poll(() => bytes.closed).toBe(true);
  });
});
