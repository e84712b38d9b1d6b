import { readdir } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { makeMedia, sendForm } from '../support/factories.ts';
import { formOf, rawForm, rawFormType } from './forms.ts';
import { claimPngSize, drawImage, FORMATS } from './images.ts';

const masthead = useMasthead();
const MAX_FILE_BYTES = 20 * 1024 * 1024;
const url = '/admin/v1/media';

const upload = (form: FormData) => sendForm(masthead.as('author'), url, form);
const uploadFile = (bytes: Uint8Array<ArrayBuffer>, name = 'figure.png', type = 'image/png') =>
  upload(formOf(['file', [bytes, name, type]]));
const sendRaw = (payload: Buffer, headers: Record<string, string> = rawFormType) =>
  masthead.as('author').send({ method: 'POST', url, payload, headers });

const traces = async () => ({
  files: (await readdir(masthead.mediaDirectory, { recursive: true })).sort(),
  rows: await masthead.database.prisma.media.count(),
  events: await masthead.database.prisma.event.count(),
});

describe('refused uploads, which leave no file, no row and no event', () => {
  let before: Awaited<ReturnType<typeof traces>>;
  beforeEach(async () => {
    await makeMedia(masthead);
    before = await traces();
  });
  afterEach(async () => {
    expect(await traces()).toEqual(before);
  });

  test.each([
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['XML', '<?xml version="1.0"?><rss version="2.0"><channel/></rss>'],
    ['a ZIP', 'PK\u0003\u0004 and more'],
    ['plain text', 'just words'],
  ])('%s that is declared as a PNG is refused', async (_kind, content) => {
    const answer = await uploadFile(Buffer.from(content));
    expect(answer).toMatchObject({
      status: 415,
      headers: { 'content-type': 'application/problem+json' },
      body: { type: 'http://masthead.test/problems/unsupported-media' },
    });
  });

  test('an image of an unsupported type is refused', async () => {
    const tiff = Buffer.concat([Buffer.from('49492a0008000000', 'hex'), Buffer.alloc(200)]);
    const answer = await uploadFile(tiff, 'scan.tiff', 'image/tiff');
    expect(answer.status).toBe(415);
    expect(answer.body.detail).toContain('image/tiff');
  });

  test('an empty file is refused', async () => {
    expect(await uploadFile(Buffer.alloc(0))).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/empty-file' },
    });
  });

  test.each(FORMATS)('a truncated $format is refused', async ({ format, mimeType }) => {
    const bytes = await drawImage(format);
    const answer = await uploadFile(bytes.subarray(0, bytes.length * 0.7), 'cut', mimeType);
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/damaged-image' },
    });
  });

  test('a file that only starts like a PNG is refused', async () => {
    const start = (await drawImage('png')).subarray(0, 40);
    const answer = await uploadFile(Buffer.concat([start, Buffer.from('<script>alert(1)</script>')]));
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/damaged-image' },
    });
  });

  test('a PNG that declares 20,000 by 20,000 pixels is refused without allocating memory for them', async () => {
    const peakBefore = process.resourceUsage().maxRSS;
    const answer = await uploadFile(claimPngSize(20_000, 20_000));
    expect(answer).toMatchObject({
      status: 422,
      body: { type: 'http://masthead.test/problems/too-many-pixels', width: 20_000, height: 20_000 },
    });
    const kibibytes = process.resourceUsage().maxRSS - peakBefore;
    expect(kibibytes).toBeLessThan(100 * 1024);
  });

  test('a file one byte larger than 20 MiB is refused', async () => {
    expect(await uploadFile(Buffer.alloc(MAX_FILE_BYTES + 1))).toMatchObject({
      status: 413,
      body: { type: 'http://masthead.test/problems/file-too-large', maxBytes: 20 * 1024 * 1024 },
    });
  });

  test('a form without a file is refused', async () => {
    for (const form of [formOf(['alt', 'words']), formOf(['file', 'not a file'])]) {
      const answer = await upload(form);
      expect(answer.status).toBe(400);
      expect(answer.body.errors).toMatchObject([{ pointer: '/file', message: 'must be one file' }]);
    }
  });

  test('a text part that imitates a received file is refused', async () => {
    const forged = JSON.stringify({ received: { path: '/etc/hostname', size: 1, sha256: '0' } });
    const headers = 'Content-Disposition: form-data; name="file"\r\nContent-Type: application/json';
    const answer = await sendRaw(rawForm([headers, forged]));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/file' }] } });
  });

  test('a form with two files is refused', async () => {
    const image = await drawImage('png');
    const answer = await upload(formOf(['file', [image]], ['alt', 'words'], ['file', [image]]));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/file' }] } });
  });

  test('the refusal names every fault of the text fields at once', async () => {
    const answer = await upload(
      formOf(
        ['alt', 'nul \u0000'],
        ['file', [await drawImage('png')]],
        ['caption', 'x'.repeat(2_001)],
        ['creditText', ' '],
        ['creditUrl', 'javascript:alert(1)'],
        ['creditLicence', 'x'.repeat(100_000)],
        ['colour', 'teal'],
        ['thumbnail', [await drawImage('png')]],
      ),
    );
    expect(answer).toMatchObject({
      status: 400,
      body: { type: 'http://masthead.test/problems/invalid-request' },
    });
    const pointers = answer.body.errors.map((fault: { pointer: string }) => fault.pointer).sort();
    expect(pointers).toEqual([
      '/alt',
      '/caption',
      '/colour',
      '/creditLicence',
      '/creditText',
      '/creditUrl',
      '/thumbnail',
    ]);
  });

  test.each([
    ['half a surrogate pair in UTF-16', 'text/plain; charset=utf-16le', Buffer.from([0x00, 0xd8])],
    ['half a surrogate pair in JSON', 'application/json', '"\\ud800"'],
    ['a JSON object', 'application/json', '{}'],
  ])('an alt text that is %s is refused', async (_case, type, content) => {
    const answer = await sendRaw(
      rawForm(
        ['Content-Disposition: form-data; name="file"; filename="a.png"', await drawImage('png')],
        [`Content-Disposition: form-data; name="alt"\r\nContent-Type: ${type}`, content],
      ),
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/alt' }] } });
  });

  test('a repeated text field is refused', async () => {
    const answer = await upload(formOf(['file', [await drawImage('png')]], ['alt', 'one'], ['alt', 'two']));
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/alt' }] } });
  });

  test('a credit URL without a credit text is refused', async () => {
    const answer = await upload(
      formOf(['file', [await drawImage('png')]], ['creditUrl', 'https://example.org']),
    );
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/creditText' }] } });
  });

  test('a body that is not a multipart form is refused', async () => {
    expect((await masthead.as('author').post(url, { file: 'x' })).status).toBe(415);
    expect((await masthead.as('author').send({ method: 'POST', url })).status).toBe(415);
    expect((await sendRaw(await drawImage('png'), { 'content-type': 'image/png' })).status).toBe(415);
  });

  test('a form that is malformed or truncated is refused', async () => {
    const whole = rawForm([
      'Content-Disposition: form-data; name="file"; filename="a.png"',
      await drawImage('png'),
    ]);
    const malformed = { status: 400, body: { type: 'http://masthead.test/problems/malformed-form' } };
    for (let length = 1; length < whole.length; length += 61) {
      expect(await sendRaw(whole.subarray(0, length))).toMatchObject(malformed);
    }
    expect(await sendRaw(whole, { 'content-type': 'multipart/form-data' })).toMatchObject(malformed);
    expect((await sendRaw(whole, { 'content-type': 'multipart/form-data; boundary=other' })).status).toBe(
      400,
    );
  });

  test('a form with too many parts is refused', async () => {
    const parts = Array.from({ length: 60 }, (_, i): [string, string] => [`part-${i}`, '']);
    expect((await upload(formOf(...parts))).status).toBe(413);
  });

  test('a part named __proto__ is refused', async () => {
    expect((await upload(formOf(['__proto__', 'x'], ['file', [await drawImage('png')]]))).status).toBe(400);
  });

  test('an upload by a viewer or without a key is refused', async () => {
    const form = formOf(['file', [await drawImage('png')]]);
    expect((await sendForm(masthead.as('viewer'), url, form)).status).toBe(403);
    expect((await sendForm(masthead.anonymous, url, form)).status).toBe(401);
  });
});

describe('size limit of uploads', () => {
  test('a file of exactly 20 MiB is accepted', async () => {
    const image = await drawImage('png');
    const padded = Buffer.alloc(MAX_FILE_BYTES);
    padded.set(image);
    const answer = await uploadFile(padded);
    expect(answer).toMatchObject({ status: 201, body: { width: 60, height: 40 } });
    // The padding after the image is not stored.
    expect(answer.body.size).toBeLessThan(2 * image.length);
  });
});
