import { randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { s3Storage } from '../../src/modules/media/storage/s3-storage.ts';
import type { MediaStorage } from '../../src/modules/media/storage/storage.ts';
import { buildLoggedApp } from '../http/logged-app.ts';
import { formOf } from '../media/forms.ts';
import { useMasthead } from '../support/app.ts';
import { createTestDatabase } from '../support/database.ts';
import { makeMedia, sendForm } from '../support/factories.ts';
import { useNodes } from '../support/nodes.ts';
import { isSwiftHere, NEEDS_SWIFT, useSwift } from '../support/swift.ts';

describe.skipIf(!isSwiftHere)(`media files on S3: ${NEEDS_SWIFT}`, () => {
  const swift = useSwift();
  let storage: MediaStorage;
  let stagingDirectory = '';
  const masthead = useMasthead({
    openStorage: (directory) => {
      stagingDirectory = directory;
      storage = s3Storage(swift.config, directory);
      return storage;
    },
  });
  const nodes = useNodes();
  const get = (url: string) => masthead.app.inject({ url: new URL(url).pathname });

  async function listNames(): Promise<string[]> {
    const names = [];
    for await (const { fileName } of storage.list()) names.push(fileName);
    return names;
  }

  test('a large file is uploaded to S3 in parts and served from there unchanged', async () => {
    const side = 1500;
    const noise = sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } });
    const form = formOf(['file', [new Uint8Array(await noise.png().toBuffer()), 'noise.png']]);
    const { status, body } = await sendForm(masthead.as('author'), '/admin/v1/media', form);

    expect(status).toBe(201);
    expect(body.size).toBeGreaterThan(5 * 1024 * 1024);
    const answer = await get(body.url);
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('image/png');
    expect(answer.rawPayload.length).toBe(body.size);
    const { data } = await sharp(answer.rawPayload).raw().toBuffer({ resolveWithObject: true });
    expect(data.equals(await noise.raw().toBuffer())).toBe(true);
    expect(await listNames()).toContain(body.url.split('/').at(-1));
    expect(await readdir(stagingDirectory)).toEqual([]);
  });

  test('a deleted media file is deleted from S3', async () => {
    const { id, url } = await makeMedia(masthead);
    expect((await get(url)).statusCode).toBe(200);
    expect((await masthead.as('author').delete(`/admin/v1/media/${id}`)).status).toBe(204);

    expect((await get(url)).statusCode).toBe(404);
    expect(await listNames()).not.toContain(url.split('/').at(-1));
  });

  test('a file returns 503 while S3 rejects the key, and the reason is logged without the secret', async () => {
    const { url } = await makeMedia(masthead);
    const refused = s3Storage({ ...swift.config, secretAccessKey: 'a wrong secret' }, stagingDirectory);
    const media = { ...masthead.media, storage: refused };
    const { app, log } = await buildLoggedApp({ ...masthead, media });
    const path = new URL(url).pathname;
    const answer = await app.inject(path);
    await app.close();
    await refused.close();

    expect(answer.statusCode).toBe(503);
    expect(answer.headers).toMatchObject({ 'retry-after': '2', 'cache-control': 'no-store' });
    expect(answer.json()).toEqual({
      type: 'http://masthead.test/problems/storage-unavailable',
      title: 'Service unavailable',
      status: 503,
      code: 'storage_unavailable',
      detail: 'The media storage is not available at the moment; try again later.',
    });
    expect(log()).toContain('The storage answered 403: SignatureDoesNotMatch');
    expect(log()).not.toMatch(/a wrong secret|StringToSign/);
  });

  describe('a node configured for S3 by its environment', () => {
    let dataDir = '';
    let database: Awaited<ReturnType<typeof createTestDatabase>>;
    beforeAll(async () => {
      dataDir = await mkdtemp(join(tmpdir(), 'masthead-s3-node-'));
      database = await createTestDatabase();
    });
    afterAll(async () => {
      await nodes.killAll();
      await database.drop();
      await rm(dataDir, { recursive: true });
    });

    test('the files of the sample are in the bucket and not on the disk of the node', async () => {
      const { endpoint, bucket, accessKeyId, secretAccessKey } = swift.config;
      const node = await nodes.start(database.url, {
        environment: {
          DATA_DIR: dataDir,
          SAMPLE_CONTENT: 'true',
          MEDIA_STORAGE: 's3',
          S3_ENDPOINT: endpoint ?? '',
          S3_BUCKET: bucket,
          S3_ACCESS_KEY_ID: accessKeyId,
          S3_SECRET_ACCESS_KEY: secretAccessKey,
          S3_PATH_STYLE: 'true',
        },
      });
      const issue = await fetch(`${node.address}/content/v1/newsletters/one-epoch/issues/latest`);
      const [address = ''] = /\/media\/[\w.-]+/.exec(await issue.text()) ?? [];
      const image = await fetch(`${node.address}${address}`);

      expect(image.status).toBe(200);
      expect(image.headers.get('content-type')).toMatch(/^image\//);
      expect((await image.bytes()).length).toBeGreaterThan(1000);
      expect(await listNames()).toContain(address.slice('/media/'.length));
      expect(await readdir(join(dataDir, 'media'))).toEqual(['.staging']);
    });
  });
});
