import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FILE_TYPES } from '../../../src/modules/media/files/file-types.ts';
import { diskStorage } from '../../../src/modules/media/storage/disk-storage.ts';
import { s3Storage } from '../../../src/modules/media/storage/s3-storage.ts';
import { newStagedPath } from '../../../src/modules/media/storage/staging.ts';
import type { ByteRange, MediaStorage, StoredEntry } from '../../../src/modules/media/storage/storage.ts';
import { isSwiftHere, NEEDS_SWIFT } from '../../support/swift.ts';
import { nameFile } from './names.ts';
import { useBucket } from './use-bucket.ts';

type Used = { storage: MediaStorage };

const BACKENDS: { name: string; isHere: boolean; use: () => Used }[] = [
  { name: 'storage in a folder', isHere: true, use: useFolder },
  { name: `storage in a bucket (${NEEDS_SWIFT})`, isHere: isSwiftHere, use: useS3 },
];

/** Two full parts of a multipart upload and a piece. */
const LARGE_BYTES = 2 * 5 * 1024 * 1024 + 12_345;

for (const { name, isHere, use } of BACKENDS) {
  describe.skipIf(!isHere)(name, () => {
    const used = use();

    async function stage(bytes: Uint8Array): Promise<string> {
      const { path } = await newStagedPath(used.storage);
      await writeFile(path, bytes);
      return path;
    }

    async function keep(bytes: Uint8Array, fileName = nameFile('png')): Promise<string> {
      const file = { fileName, mimeType: 'image/png', contentDisposition: 'inline' };
      await used.storage.put(await stage(bytes), file);
      return fileName;
    }

    async function read(fileName: string, range?: ByteRange) {
      const found = await used.storage.open(fileName, range);
      return found && { size: found.size, bytes: await buffer(found.bytes) };
    }

    async function list(): Promise<StoredEntry[]> {
      const entries = [];
      for await (const entry of used.storage.list()) entries.push(entry);
      return entries;
    }

    test('a stored file is read back unchanged', async () => {
      const bytes = randomBytes(70_000);
      const before = Date.now();
      const fileName = await keep(bytes);

      expect(await read(fileName)).toEqual({ size: 70_000, bytes });
      const entry = await used.storage.stat(fileName);
      expect(entry).toEqual({ fileName, size: 70_000, modifiedAt: expect.any(Date) });
      // Some storages count in whole seconds.
      expect(entry?.modifiedAt.getTime()).toBeGreaterThan(before - 2000);
      expect(entry?.modifiedAt.getTime()).toBeLessThan(Date.now() + 2000);
    });

    test.each<[string, number, number]>([
      ['the first byte', 0, 0],
      ['the last byte', 69_999, 69_999],
      ['a middle part', 10_000, 59_999],
      ['the whole file', 0, 69_999],
    ])('a range of %s is read with the size of the file', async (_part, start, end) => {
      const bytes = randomBytes(70_000);
      const fileName = await keep(bytes);

      const part = { size: 70_000, bytes: bytes.subarray(start, end + 1) };
      expect(await read(fileName, { start, end })).toEqual(part);
    });

    test('a file that is uploaded in several parts is stored whole', async () => {
      const bytes = randomBytes(LARGE_BYTES);
      const fileName = await keep(bytes, nameFile('mp3'));

      const found = await read(fileName);
      expect(found?.size).toBe(LARGE_BYTES);
      expect(sum(found?.bytes)).toBe(sum(bytes));
      expect(await used.storage.stat(fileName)).toMatchObject({ size: LARGE_BYTES });
      const border = { start: 5 * 1024 * 1024 - 3, end: 5 * 1024 * 1024 + 2 };
      expect(await read(fileName, border)).toEqual({
        size: LARGE_BYTES,
        bytes: bytes.subarray(border.start, border.end + 1),
      });
      expect(await used.storage.removeUnfinished(inAnHour())).toBe(0);
    });

    test('an unknown name is reported as missing', async () => {
      const fileName = nameFile('png');

      expect(await used.storage.open(fileName)).toBeNull();
      expect(await used.storage.open(fileName, { start: 0, end: 1 })).toBeNull();
      expect(await used.storage.stat(fileName)).toBeNull();
      await expect(used.storage.remove(fileName)).resolves.toBeUndefined();
    });

    test('removing a file twice succeeds', async () => {
      const [fileName, other] = [await keep(randomBytes(10)), await keep(randomBytes(10))];
      await used.storage.remove(fileName);
      await used.storage.remove(fileName);

      expect(await used.storage.open(fileName)).toBeNull();
      expect(await used.storage.stat(fileName)).toBeNull();
      expect(await used.storage.stat(other)).not.toBeNull();
    });

    test('a stored file is never overwritten', async () => {
      const bytes = randomBytes(1000);
      const fileName = await keep(bytes);
      await keep(randomBytes(2000), fileName);

      expect(await read(fileName)).toEqual({ size: 1000, bytes });
    });

    test('files of every type and name form can be stored and listed', async () => {
      const extensions = Object.keys(FILE_TYPES);
      const original = nameFile('jpg');
      const names = [
        ...extensions.map(nameFile),
        `${crypto.randomUUID()}.png`,
        original,
        `${original}.640.avif`,
        `${original}.1200x630-50-40.jpg`,
      ];
      for (const fileName of names) await keep(Buffer.from(fileName), fileName);

      for (const fileName of names) expect((await read(fileName))?.bytes.toString()).toBe(fileName);
      const listed = (await list()).map((entry) => entry.fileName);
      expect(listed).toEqual(expect.arrayContaining(names));
    });

    test('the list contains every file once with its size', async () => {
      for (const { fileName } of await list()) await used.storage.remove(fileName);
      const expected = new Map<string, number>();
      for (let size = 1; size <= 12; size += 1) expected.set(await keep(randomBytes(size)), size);

      const listed = await list();
      expect(listed).toHaveLength(12);
      expect(new Map(listed.map(({ fileName, size }) => [fileName, size]))).toEqual(expected);
      for (const { modifiedAt } of listed) expect(modifiedAt).toBeInstanceOf(Date);
    });

    test('files that are stored at the same time do not mix', async () => {
      const files = Array.from({ length: 8 }, (_, index) =>
        randomBytes(index === 0 ? LARGE_BYTES : 1000 * index + 1),
      );
      const names = await Promise.all(files.map((bytes) => keep(bytes)));

      const found = await Promise.all(names.map((fileName) => read(fileName)));
      expect(found.map((each) => sum(each?.bytes))).toEqual(files.map(sum));
    });

    test('one of two files stored at the same time under one name is kept whole', async () => {
      const fileName = nameFile('png');
      const files = [randomBytes(30_000), randomBytes(40_000)];
      await Promise.all(files.map((bytes) => keep(bytes, fileName)));

      expect(files.map(sum)).toContain(sum((await read(fileName))?.bytes));
    });

    test('nothing is stored when the source file is missing', async () => {
      const fileName = nameFile('png');
      const path = await stage(randomBytes(10));
      await rm(path);

      const file = { fileName, mimeType: 'image/png', contentDisposition: 'inline' };
      await expect(used.storage.put(path, file)).rejects.toMatchObject({ code: 'ENOENT' });
      expect(await used.storage.stat(fileName)).toBeNull();
      expect(await used.storage.removeUnfinished(inAnHour())).toBe(0);
    });
  });
}

function useFolder(): Used {
  const used = {} as Used;
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'masthead-storage-'));
    used.storage = diskStorage(join(folder, 'media'));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return used;
}

function useS3(): Used {
  const bucket = useBucket();
  const used = {} as Used;
  beforeAll(() => {
    used.storage = s3Storage(bucket.swift.config, bucket.folder);
  });
  afterAll(() => used.storage.close());
  return used;
}

function sum(bytes: Uint8Array = Buffer.alloc(0)): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function inAnHour(): Date {
  return new Date(Date.now() + 3_600_000);
}
