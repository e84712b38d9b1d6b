import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { S3Config } from '../../../src/config.ts';
import type { MediaStorage } from '../../../src/modules/media/storage/storage.ts';
import { isSwiftHere, NEEDS_SWIFT } from '../../support/swift.ts';
import { refuseWith, useFaultyProxy } from './faulty-proxy.ts';
import { nameFile } from './names.ts';
import { LARGE_BYTES, useBucket } from './use-bucket.ts';

const UNAVAILABLE = { kind: 'unavailable', code: 'storage_unavailable' };

describe.skipIf(!isSwiftHere)(`faults of a bucket (${NEEDS_SWIFT})`, () => {
  const bucket = useBucket();
  const proxy = useFaultyProxy(bucket.swift);

  afterEach(() => {
    proxy.decide = () => null;
  });

  describe('files that cannot be stored', () => {
    test.each([
      ['a small file', 100, (query: string) => !query.includes('uploads')],
      ['the second part', LARGE_BYTES, (query: string) => query.includes('partNumber=2')],
      [
        'the completion',
        LARGE_BYTES,
        (query: string) => !query.includes('partNumber') && !query.includes('uploads'),
      ],
    ])('nothing is left in the bucket when %s fails', async (_what, size, fails) => {
      const storage = bucket.openStorage({ endpoint: proxy.address });
      const fileName = nameFile('png');
      const before = await bucket.listUnfinished();
      proxy.decide = ({ method, url = '' }) =>
        ['PUT', 'POST'].includes(method ?? '') && fails(url) ? refuseWith(500, 'InternalError') : null;

      await expect(bucket.keep(storage, size, fileName)).rejects.toMatchObject(UNAVAILABLE);
      expect(await storage.stat(fileName)).toBeNull();
      expect(await bucket.listUnfinished()).toEqual(before);
    });

    test('nothing is left in the bucket when only the answer is lost', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address });
      const direct = bucket.openStorage();
      const fileName = nameFile('png');
      proxy.decide = ({ method }) => {
        if (method !== 'PUT') return null;
        return async (response) => {
          await bucket.keep(direct, 100, fileName);
          response.destroy();
        };
      };

      await expect(bucket.keep(storage, 100, fileName)).rejects.toMatchObject(UNAVAILABLE);
      expect(await direct.stat(fileName)).toBeNull();
    });

    test('nothing is left in the bucket when the source cannot be read', async () => {
      const storage = bucket.openStorage();
      const fileName = nameFile('png');
      const file = { fileName, mimeType: 'image/png', contentDisposition: 'inline' };

      await expect(storage.put(bucket.folder, file)).rejects.toMatchObject({ code: 'EISDIR' });
      expect(await storage.stat(fileName)).toBeNull();
    });

    test('nothing is left in the bucket when the source changes during the upload', async () => {
      const storage = bucket.openStorage();
      const fileName = nameFile('png');
      const path = join(bucket.folder, 'pipe');
      await promisify(execFile)('mkfifo', [path]);
      const file = { fileName, mimeType: 'image/png', contentDisposition: 'inline' };
      const kept = storage.put(path, file);
      await appendFile(path, randomBytes(LARGE_BYTES));

      await expect(kept).rejects.toThrow('changed while it was stored');
      expect(await storage.stat(fileName)).toBeNull();
      expect(await bucket.listUnfinished()).not.toContain(`media/${fileName}`);
    });
  });

  describe('failing servers', () => {
    const everything = (storage: MediaStorage, fileName: string) => ({
      open: () => storage.open(fileName),
      stat: () => storage.stat(fileName),
      remove: () => storage.remove(fileName),
      list: async () => {
        for await (const _entry of storage.list());
      },
      removeUnfinished: () => storage.removeUnfinished(new Date()),
      keep: () => bucket.keep(storage),
    });

    test.each<[string, () => Partial<S3Config>, RegExp]>([
      ['that refuses the secret key', () => ({ secretAccessKey: 'wrong' }), /answered 403/],
      ['that does not know the access key', () => ({ accessKeyId: 'test:stranger' }), /answered 403/],
      ['that cannot be reached', () => ({ endpoint: 'http://127.0.0.1:1' }), /did not answer/],
    ])('every operation on a server %s is unavailable', async (_which, config, reason) => {
      const storage = bucket.openStorage(config());
      const fileName = await bucket.keep(bucket.openStorage());
      for (const ask of Object.values(everything(storage, fileName))) {
        await expect(ask()).rejects.toMatchObject({
          ...UNAVAILABLE,
          details: {},
          message: expect.not.stringMatching(/figures|127\.0|key|wrong/i),
          cause: { message: expect.stringMatching(reason) },
        });
      }
    });

    test('a missing bucket is reported as unavailable, not as a missing file', async () => {
      const storage = bucket.openStorage({ bucket: 'no-such-bucket' });

      await expect(storage.open('a.png')).rejects.toMatchObject(UNAVAILABLE);
    });

    test.each([
      [507, 'InsufficientStorage'],
      [507, 'XMinioStorageFull'],
      [403, 'QuotaExceeded'],
    ])('the answer %s %s is reported as a full storage', async (status, code) => {
      const storage = bucket.openStorage({ endpoint: proxy.address });
      proxy.decide = ({ method }) => (method === 'PUT' ? refuseWith(status, code) : null);

      await expect(bucket.keep(storage)).rejects.toMatchObject({
        kind: 'storage_full',
        code: 'storage_full',
      });
    });

    test('a request that fails once is retried', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address });
      const failed = new Set<string | undefined>();
      proxy.decide = ({ method }) => {
        if (failed.has(method)) return null;
        failed.add(method);
        return refuseWith(503, 'SlowDown');
      };

      const fileName = await bucket.keep(storage);
      expect((await storage.open(fileName))?.size).toBe(100);
      expect([...failed].toSorted()).toEqual(['GET', 'HEAD', 'PUT']);
    });

    test('every operation on a server that never answers times out', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address }, { connectMs: 500, idleMs: 200 });
      proxy.decide = () => () => {};
      const started = performance.now();
      const asked = Object.values(everything(storage, nameFile('png'))).map((ask) => ask());
      for (const answer of await Promise.allSettled(asked)) {
        expect(answer).toMatchObject({ status: 'rejected', reason: UNAVAILABLE });
      }

      expect(performance.now() - started).toBeLessThan(10_000);
    });

    test('an answer with the whole file to a range request is refused', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address });
      const fileName = await bucket.keep(storage);
      proxy.decide = ({ method }) =>
        method === 'GET' ? (response) => response.writeHead(200).end('x'.repeat(100)) : null;

      await expect(storage.open(fileName, { start: 0, end: 9 })).rejects.toMatchObject(UNAVAILABLE);
    });

    test('a server that stalls within an error response times out', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address }, { connectMs: 500, idleMs: 200 });
      proxy.decide = () => (response) => {
        response.writeHead(403, { 'content-type': 'application/xml', 'content-length': 100 }).write('<Err');
      };
      const file = nameFile('png');
      for (const ask of [() => storage.open(file), () => storage.removeUnfinished(new Date())]) {
        await expect(ask()).rejects.toMatchObject(UNAVAILABLE);
      }
    });

    test('the reader gets an error when the server stalls halfway', async () => {
      const storage = bucket.openStorage({ endpoint: proxy.address }, { connectMs: 500, idleMs: 200 });
      const fileName = await bucket.keep(bucket.openStorage());
      proxy.decide = () => (response) => {
        response.writeHead(200, { 'content-length': 100 }).write('a piece');
      };
      const found = await storage.open(fileName);

      expect(found?.size).toBe(100);
      await expect(found && buffer(found.bytes)).rejects.toThrow('Received no bytes');
    });
  });
});
