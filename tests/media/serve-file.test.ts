import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';
import { drawImage, FORMATS } from './images.ts';
import { putBytes, putFile, putMedia } from './serving/stored-files.ts';

const masthead = useMasthead();

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });
const head = (url: string, headers = {}) => masthead.app.inject({ method: 'HEAD', url, headers });

describe('served media files', () => {
  test.each(FORMATS)('a stored $format is served to everybody', async ({ format, mimeType }) => {
    const form = formOf(['file', [await drawImage(format), `drawn.${format}`]]);
    const { body } = await sendForm(masthead.as('author'), '/admin/v1/media', form);
    const path = new URL(body.url).pathname;
    const fileName = path.slice('/media/'.length);
    const bytes = await readFile(join(masthead.mediaDirectory, fileName));

    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers).toMatchObject({
      'content-type': mimeType,
      'content-length': String(bytes.length),
      'content-disposition': `inline; filename=drawn.${format}`,
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      etag: `"${fileName}"`,
    });
    expect(answer.headers).not.toHaveProperty('vary');
  });

  test('HEAD returns the headers of GET and no body', async () => {
    const { path } = await putMedia(masthead, 'png', { originalName: 'a.png' });
    const [whole, described] = [await get(path), await head(path)];
    expect(described.statusCode).toBe(200);
    expect(described.rawPayload).toHaveLength(0);
    const { date: _, connection: __, ...headers } = whole.headers;
    expect(described.headers).toMatchObject(headers);
  });

  test('a request with a matching If-None-Match returns 304', async () => {
    const { path } = await putMedia(masthead, 'png');
    const etag = String((await get(path)).headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      for (const ask of [get, head]) {
        const answer = await ask(path, { 'if-none-match': known });
        expect(answer.statusCode).toBe(304);
        expect(answer.rawPayload).toHaveLength(0);
        expect(answer.headers).toMatchObject({ etag, 'cache-control': expect.stringContaining('immutable') });
      }
    }
    expect((await get(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  test('a file that only an edition still uses is served', async () => {
    const { path, bytes } = await putFile(masthead, 'png');
    const answer = await get(path);
    expect(answer.rawPayload.equals(bytes)).toBe(true);
    expect(answer.headers['content-disposition']).toBe('inline');
  });

  test('a file with an old name, which has no hash, is served', async () => {
    const fileName = `${crypto.randomUUID()}.png`;
    const { id, bytes } = await putFile(masthead, 'png');
    await putBytes(masthead, fileName, bytes);
    await masthead.database.prisma.mediaFile.update({ where: { id }, data: { fileName } });
    expect((await get(`/media/${fileName}`)).rawPayload.equals(bytes)).toBe(true);
  });

  test('a file is not served under any name but its own', async () => {
    const { path, bytes } = await putMedia(masthead, 'png');
    const id = path.slice('/media/'.length, -'.png'.length);
    await writeFile(join(masthead.mediaDirectory, 'secret.png'), 'private');
    await writeFile(join(masthead.mediaDirectory, `${id}.html`), 'private');
    await writeFile(join(masthead.mediaDirectory, `${id}.jpg`), bytes);
    await writeFile(join(masthead.mediaDirectory, '..', 'outside.png'), 'private');
    const names = [
      'secret.png',
      `${id}.html`,
      `${id}.jpg`,
      id,
      `${id}.png%00`,
      `${id}.png%0d%0aset-cookie:a=b`,
      `${id}.png%22`,
      `${id}.png%2f..%2fsecret.png`,
      `..%2foutside.png`,
      `%2e%2e/outside.png`,
      `..%5coutside.png`,
      `.staging%2f${id}.png`,
      `${id.toUpperCase()}.png`,
      crypto.randomUUID().concat('.png'),
      'x'.repeat(300),
      `${id}.png.${'9'.repeat(300)}.avif`,
      '%E5%9B%B3.png',
      '',
    ];
    for (const name of names) {
      const answer = await get(`/media/${name}`);
      expect([name, answer.statusCode]).toEqual([name, 404]);
      expect(answer.headers).toMatchObject({
        'content-type': 'application/problem+json',
        'cache-control': 'no-store',
      });
    }
  });

  test('a file without a row returns 404', async () => {
    const { path, bytes, id } = await putFile(masthead, 'png');
    await masthead.database.prisma.mediaFile.delete({ where: { id } });
    await expect(readFile(join(masthead.mediaDirectory, path.slice('/media/'.length)))).resolves.toEqual(
      bytes,
    );
    for (const ask of [get, head]) {
      expect((await ask(path)).statusCode).toBe(404);
      expect((await ask(path, { 'if-none-match': '*' })).statusCode).toBe(404);
      expect((await ask(path, { range: 'bytes=0-1' })).statusCode).toBe(404);
    }
  });

  test('the file of deleted media returns 404', async () => {
    const { id, url } = await makeMedia(masthead);
    const path = new URL(url).pathname;
    expect((await get(path)).statusCode).toBe(200);
    expect((await masthead.as('author').delete(`/admin/v1/media/${id}`)).status).toBe(204);
    expect((await get(path)).statusCode).toBe(404);
    expect((await get(path, { 'if-none-match': '*' })).statusCode).toBe(404);
  });

  test('a file that the storage has lost or truncated returns 404', async () => {
    const [lost, cut] = [await putMedia(masthead, 'png'), await putMedia(masthead, 'png')];
    await rm(join(masthead.mediaDirectory, lost.fileName));
    await truncate(join(masthead.mediaDirectory, cut.fileName), 999);
    for (const { path } of [lost, cut]) {
      for (const ask of [get, head]) {
        const answer = await ask(path);
        expect(answer.statusCode).toBe(404);
        expect(answer.headers['cache-control']).toBe('no-store');
        expect(answer.headers).not.toHaveProperty('etag');
      }
    }
  });
});

describe('requests from other origins', () => {
  const open = {
    'access-control-allow-origin': '*',
    'access-control-expose-headers': expect.stringMatching(
      /Accept-Ranges.*Content-Length.*Content-Range.*ETag/,
    ),
    'cross-origin-resource-policy': 'cross-origin',
    'x-content-type-options': 'nosniff',
  };

  test('a page of another origin may read every answer, including errors', async () => {
    const { path } = await putMedia(masthead, 'mp3');
    const answers = [
      await get(path),
      await head(path),
      await get(path, { range: 'bytes=0-9' }),
      await get(path, { range: 'bytes=5000-' }),
      await get(path, { 'if-none-match': '*' }),
      await get(`${path}?w=1`),
      await get(`/media/${crypto.randomUUID()}.png`),
    ];
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 206, 416, 304, 400, 404]);
    for (const { headers } of answers) expect(headers).toMatchObject(open);
  });

  test('a preflight request allows the headers Range and If-None-Match', async () => {
    const { path } = await putMedia(masthead, 'mp3');
    const answer = await masthead.app.inject({
      method: 'OPTIONS',
      url: path,
      headers: {
        origin: 'https://example.com',
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'range, if-none-match',
      },
    });
    expect(answer.statusCode).toBe(204);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': '*',
    });
  });
});
