import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';
import { drawImage, FORMATS } from './images.ts';

const masthead = useMasthead();

async function makeFile(format: (typeof FORMATS)[number]['format'] = 'png') {
  const bytes = await drawImage(format);
  const { body } = await sendForm(masthead.as('author'), '/admin/v1/media', formOf(['file', [bytes]]));
  return { bytes, path: new URL(body.url).pathname };
}

const get = (url: string, headers = {}) => masthead.app.inject({ url, headers });

describe('The bytes of a media', () => {
  it.each(FORMATS)('are served to everybody as they came: $format', async ({ format, mimeType }) => {
    const { bytes, path } = await makeFile(format);
    const answer = await get(path);
    expect(answer.statusCode).toBe(200);
    expect(answer.rawPayload).toEqual(bytes);
    expect(answer.headers).toMatchObject({
      'content-type': mimeType,
      'content-length': String(bytes.length),
      'content-disposition': 'inline',
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      etag: `"${path.split('/').at(-1)}"`,
    });
  });

  it('come with the same headers and no body for HEAD', async () => {
    const { path } = await makeFile();
    const [whole, head] = [await get(path), await masthead.app.inject({ method: 'HEAD', url: path })];
    expect(head.statusCode).toBe(200);
    expect(head.rawPayload).toHaveLength(0);
    const { date: _, connection: __, ...headers } = whole.headers;
    expect(head.headers).toMatchObject(headers);
  });

  it('are not sent again to those who have them', async () => {
    const { path } = await makeFile();
    const etag = String((await get(path)).headers.etag);
    for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await get(path, { 'if-none-match': known });
      expect(answer.statusCode).toBe(304);
      expect(answer.rawPayload).toHaveLength(0);
      expect(answer.headers).toMatchObject({ etag, 'cache-control': expect.stringContaining('immutable') });
    }
    expect((await get(path, { 'if-none-match': '"other"' })).statusCode).toBe(200);
  });

  it('are not there under any name but their own', async () => {
    const { path } = await makeFile();
    const id = path.slice('/media/'.length, -'.png'.length);
    await writeFile(join(masthead.mediaDirectory, 'secret.png'), 'private');
    await writeFile(join(masthead.mediaDirectory, `${id}.html`), 'private');
    await writeFile(join(masthead.mediaDirectory, '..', 'outside.png'), 'private');
    const names = [
      'secret.png',
      `${id}.html`,
      `${id}.jpg`,
      id,
      `${id}.png%00`,
      `${id}.png%2f..%2fsecret.png`,
      `..%2foutside.png`,
      `%2e%2e/outside.png`,
      `..%5coutside.png`,
      `${id.toUpperCase()}.png`,
      crypto.randomUUID().concat('.png'),
      'x'.repeat(150),
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

  it('are gone when their media is deleted', async () => {
    const { id, url } = await makeMedia(masthead);
    const path = new URL(url).pathname;
    expect((await masthead.as('author').delete(`/admin/v1/media/${id}`)).status).toBe(204);
    expect((await get(path)).statusCode).toBe(404);
    expect((await get(path, { 'if-none-match': '*' })).statusCode).toBe(404);
  });
});
