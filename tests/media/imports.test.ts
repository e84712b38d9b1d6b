import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { useOutside } from '../outbound/outside.ts';
import { useMasthead } from '../support/app.ts';
import { drawImage } from './images.ts';

const outside = useOutside();
const masthead = useMasthead({
  fetchFile: (address, options) => fetchFromOutside(address, options, outside.policy()),
});
const guarded = useMasthead();
const url = '/admin/v1/media/imports';

const importFrom = (body: object) => masthead.as('author').post(url, body);
const traces = async () => ({
  files: await readdir(masthead.mediaDirectory, { recursive: true }).catch(() => []),
  rows: await masthead.database.prisma.mediaFile.count(),
});

describe('imports from a URL', () => {
  test('an import stores the file like an upload, with the name from the URL', async () => {
    const bytes = await drawImage('png', 1);
    outside.answer = (_request, response) => response.end(bytes);
    const answer = await importFrom({
      url: outside.url('/figures/over%20view.png?size=large'),
      alt: 'Over all',
      credit: { text: 'Ada', licence: 'CC-BY-4.0' },
      focalPoint: { x: 0.25, y: 0.5 },
      tags: ['diagram'],
      language: 'en',
    });
    expect(answer).toMatchObject({
      status: 201,
      headers: { etag: '"1"', location: `/admin/v1/media/${answer.body.id}` },
      body: {
        mimeType: 'image/png',
        width: 60,
        originalName: 'over view.png',
        alt: 'Over all',
        credit: { text: 'Ada', url: null, licence: 'CC-BY-4.0' },
        focalPoint: { x: 0.25, y: 0.5 },
        tags: ['diagram'],
        language: 'en',
      },
    });
    expect(await importFrom({ url: outside.url('/elsewhere.png'), alt: 'Other' })).toMatchObject({
      status: 200,
      body: { id: answer.body.id, alt: 'Over all' },
    });
  });

  describe('refused imports', () => {
    let before: Awaited<ReturnType<typeof traces>>;
    beforeEach(async () => {
      before = await traces();
    });

    test('an import of an unsupported file is refused and leaves no file and no row', async () => {
      outside.answer = (_request, response) => response.end('<!doctype html><p>Not found');
      expect((await importFrom({ url: outside.url() })).status).toBe(415);
      expect(await traces()).toEqual(before);
    });

    test('an import that is cut off is refused and leaves no file and no row', async () => {
      outside.answer = (_request, response) => {
        response.writeHead(200, { 'content-length': '5000' }).write('half');
        setImmediate(() => response.destroy());
      };
      expect(await importFrom({ url: outside.url() })).toMatchObject({
        status: 422,
        body: { type: 'http://masthead.test/problems/address-unreachable', errors: [{ pointer: '/url' }] },
      });
      expect(await traces()).toEqual(before);
      expect(await readdir(join(masthead.mediaDirectory, '.staging'))).toEqual([]);
    });

    test('an import that is larger than an upload may be is refused', async () => {
      outside.answer = (_request, response) => {
        response.writeHead(200, { 'content-length': String(21 * 1024 * 1024) }).flushHeaders();
      };
      expect((await importFrom({ url: outside.url() })).status).toBe(413);
      expect(await traces()).toEqual(before);
    });
  });

  test('the refusal names every fault of the request', async () => {
    const answer = await importFrom({ url: 'http://example.org/a.png', alt: 7, focalPoint: { x: 2, y: 0 } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((fault: { pointer: string }) => fault.pointer).toSorted()).toEqual([
      '/alt',
      '/focalPoint/x',
      '/url',
    ]);
  });

  test('a viewer cannot import', async () => {
    expect((await masthead.as('viewer').post(url, { url: outside.url() })).status).toBe(403);
  });

  test('a fifth import is refused while four are running', async () => {
    const waiting: (() => void)[] = [];
    const bytes = await drawImage('webp', 2);
    outside.answer = (_request, response) => void waiting.push(() => response.end(bytes));
    const four = [1, 2, 3, 4].map((n) => importFrom({ url: outside.url(`/${n}.webp`) }));
    await expect.poll(() => waiting.length).toBe(4);
    expect(await importFrom({ url: outside.url('/5.webp') })).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.anything() },
      body: { type: 'http://masthead.test/problems/too-many-imports' },
    });
    for (const answer of waiting) answer();
    const statuses = (await Promise.all(four)).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 200, 200, 201]);
  });
});

describe('imports from private networks', () => {
  test('all private addresses are refused with the same answer', async () => {
    const addresses = [
      'https://127.0.0.1/',
      'https://localhost/',
      'https://[::1]/',
      'https://[::ffff:127.0.0.1]/',
      'https://169.254.169.254/latest/meta-data/',
      'https://10.0.0.1/',
      'https://192.168.1.1/',
      'https://0x7f000001/',
      'https://2130706433/',
      'https://[fd00::1]/',
      'https://[64:ff9b::7f00:1]/',
      'https://0.0.0.0/',
    ];
    const answers = [];
    for (const address of addresses) answers.push(await guarded.as('author').post(url, { url: address }));
    expect(answers.map(({ status }) => status)).toEqual(addresses.map(() => 422));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body.type).toBe('http://masthead.test/problems/address-unreachable');
  });
});
