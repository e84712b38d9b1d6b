import { CreateMultipartUploadCommand, PutObjectCommand, UploadPartCommand } from '@aws-sdk/client-s3';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { isSwiftHere, NEEDS_SWIFT } from '../../support/swift.ts';
import { useFaultyProxy } from './faulty-proxy.ts';
import { nameFile } from './names.ts';
import { LARGE_BYTES, useBucket } from './use-bucket.ts';

describe.skipIf(!isSwiftHere)(`media in a bucket (${NEEDS_SWIFT})`, () => {
  const bucket = useBucket();
  const proxy = useFaultyProxy(bucket.swift);

  afterEach(() => {
    proxy.decide = () => null;
    vi.useRealTimers();
  });

  async function beginUpload(Key: string): Promise<void> {
    const place = { Bucket: bucket.swift.config.bucket, Key };
    const { UploadId } = await bucket.raw.send(new CreateMultipartUploadCommand(place));
    await bucket.raw.send(new UploadPartCommand({ ...place, UploadId, PartNumber: 1, Body: 'a piece' }));
  }

  describe('objects', () => {
    test('an object carries its content type, disposition and cache lifetime', async () => {
      const storage = bucket.openStorage({ isPresigned: true });
      for (const size of [100, LARGE_BYTES]) {
        const answer = await fetch((await storage.directUrlOf(await bucket.keep(storage, size)))?.url ?? '');

        expect(answer.status).toBe(200);
        expect(Object.fromEntries(answer.headers)).toMatchObject({
          'content-length': String(size),
          'content-type': 'image/png',
          'content-disposition': 'inline; filename="a figure.png"',
          'cache-control': 'public, max-age=31536000, immutable',
        });
        await answer.body?.cancel();
      }
    });

    test('only objects directly in the configured folder are listed', async () => {
      const storage = bucket.openStorage();
      const fileName = await bucket.keep(storage);
      const Bucket = bucket.swift.config.bucket;
      for (const Key of ['other.png', 'media', 'media-old/x.png', 'media/deeper/x.png', 'media/']) {
        await bucket.raw.send(new PutObjectCommand({ Bucket, Key, Body: 'not ours' }));
      }

      const listed = [];
      for await (const entry of storage.list()) listed.push(entry.fileName);
      expect(listed).toContain(fileName);
      expect(listed.filter((name) => !/^[0-9a-f]{16}-[0-9a-f]{24}\.png$/.test(name))).toEqual([]);
    });

    test('requests use no checksum or trailer headers, which only AWS supports', async () => {
      const asked: string[] = [];
      proxy.decide = ({ rawHeaders }) => {
        asked.push(...rawHeaders.map((word) => word.toLowerCase()));
        return null;
      };
      const storage = bucket.openStorage({ endpoint: proxy.address });
      for (const size of [100, LARGE_BYTES]) {
        const found = await storage.open(await bucket.keep(storage, size));
        found?.bytes.destroy();
      }

      expect(asked).toContain('x-amz-content-sha256');
      expect(asked.filter((word) => /checksum|trailer|chunked/.test(word))).toEqual([]);
    });

    test('destroying an unread object closes its connection', async () => {
      const storage = bucket.openStorage();
      const fileName = await bucket.keep(storage, LARGE_BYTES);
      const before = countSockets();
      for (let i = 0; i < 10; i += 1) (await storage.open(fileName))?.bytes.destroy();

      await expect.poll(countSockets).toBeLessThanOrEqual(before);
    });
  });

  describe('URLs', () => {
    test('a file has no URL when redirects are switched off', async () => {
      const storage = bucket.openStorage();

      expect(await storage.directUrlOf(await bucket.keep(storage))).toBeNull();
    });

    test('a file has the URL of the CDN when one is configured', async () => {
      const storage = bucket.openStorage({ baseUrl: 'https://cdn.example.com/media' });

      expect(await storage.directUrlOf('a.png')).toEqual({
        url: 'https://cdn.example.com/media/a.png',
        seconds: 3600,
      });
    });

    test('a presigned URL opens only its file and expires', async () => {
      const storage = bucket.openStorage({ isPresigned: true });
      const [fileName, other] = [await bucket.keep(storage), await bucket.keep(storage)];
      const address = await storage.directUrlOf(fileName);
      const url = address?.url ?? '';

      expect((await fetch(url)).status).toBe(200);
      expect((await fetch(url.replace(fileName, other))).status).toBe(403);
      expect((await fetch(url.replace(/\?.*/, ''))).status).toBeGreaterThanOrEqual(400);
      expect(address?.seconds).toBeGreaterThanOrEqual(450);
      expect(address?.seconds).toBeLessThanOrEqual(900);

      vi.useFakeTimers({ toFake: ['Date'], now: Date.now() - 901_000 });
      const { url: old = '' } = (await storage.directUrlOf(fileName)) ?? {};
      vi.useRealTimers();
      expect((await fetch(old)).status).toBe(403);
    });

    test('a presigned URL is reused for 450 s and valid for as long as reported', async () => {
      const storage = bucket.openStorage({ isPresigned: true });
      const at = async (seconds: number) => {
        vi.useFakeTimers({ toFake: ['Date'], now: seconds * 1000 });
        return storage.directUrlOf('a.png');
      };
      // A multiple of 450.
      const start = 1_800_000_000;

      const [first, last, next] = [await at(start), await at(start + 449), await at(start + 450)];
      expect(last?.url).toBe(first?.url);
      expect(next?.url).not.toBe(first?.url);
      expect([first?.seconds, last?.seconds, next?.seconds]).toEqual([900, 451, 900]);
    });
  });

  describe('unfinished uploads', () => {
    test('unfinished uploads older than the given time are removed from the configured folder', async () => {
      const storage = bucket.openStorage();
      await beginUpload(`media/${nameFile('mp3')}`);
      await beginUpload(`media/${nameFile('mp3')}`);
      await beginUpload('elsewhere/x.mp3');

      expect(await storage.removeUnfinished(new Date(Date.now() - 60_000))).toBe(0);
      expect(await bucket.listUnfinished()).toHaveLength(3);
      expect(await storage.removeUnfinished(new Date(Date.now() + 60_000))).toBe(2);
      expect(await bucket.listUnfinished()).toEqual(['elsewhere/x.mp3']);
    });
  });
});

/** The number of connections that keep this process alive. Idle pooled connections do not. */
function countSockets(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'TCPSocketWrap').length;
}
