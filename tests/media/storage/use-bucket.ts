import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ListMultipartUploadsCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { S3Config } from '../../../src/config.ts';
import type { Timeouts } from '../../../src/modules/media/storage/s3-bucket.ts';
import { s3Storage } from '../../../src/modules/media/storage/s3-storage.ts';
import type { MediaStorage } from '../../../src/modules/media/storage/storage.ts';
import { useSwift } from '../../support/swift.ts';
import { nameFile } from './names.ts';

/** More than fits in one part of a multipart upload. */
export const LARGE_BYTES = 12 * 1024 * 1024;

/** Call it at the start of a suite. Gives it its own bucket on a real server. Read the fields only inside tests. */
export function useBucket() {
  const swift = useSwift();
  const opened: MediaStorage[] = [];
  const used = { swift, folder: '', raw: {} as S3Client, openStorage, keep, listUnfinished };
  beforeAll(async () => {
    used.folder = await mkdtemp(join(tmpdir(), 'masthead-s3-'));
    used.raw = openClient(swift.config);
  });
  afterEach(async () => {
    for (const storage of opened.splice(0)) await storage.close();
  });
  afterAll(async () => {
    used.raw.destroy();
    await rm(used.folder, { recursive: true });
  });

  /** Opens a storage that is closed after the test. */
  function openStorage(config: Partial<S3Config> = {}, timeouts?: Timeouts): MediaStorage {
    const storage = s3Storage({ ...swift.config, ...config }, used.folder, timeouts);
    opened.push(storage);
    return storage;
  }

  /** Stores random bytes and returns their file name. */
  async function keep(storage: MediaStorage, size = 100, fileName = nameFile('png')): Promise<string> {
    const path = join(used.folder, crypto.randomUUID());
    await writeFile(path, randomBytes(size));
    const contentDisposition = 'inline; filename="a figure.png"';
    await storage.put(path, { fileName, mimeType: 'image/png', contentDisposition });
    return fileName;
  }

  /** The keys of multipart uploads that were neither completed nor aborted. */
  async function listUnfinished(): Promise<(string | undefined)[]> {
    const command = new ListMultipartUploadsCommand({ Bucket: swift.config.bucket });
    const { Uploads = [] } = await used.raw.send(command);
    return Uploads.map(({ Key }) => Key);
  }

  return used;
}

function openClient({ endpoint, region, accessKeyId, secretAccessKey }: S3Config): S3Client {
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({ endpoint: endpoint ?? '', region, credentials, forcePathStyle: true });
}
