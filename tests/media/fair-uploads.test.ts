import { describe, expect, test } from 'vitest';
import { type Client, useMasthead } from '../support/app.ts';
import { sendForm } from '../support/factories.ts';
import { formOf } from './forms.ts';
import { animation, blankPng, SLOW_DRAWINGS } from './images/make-images.ts';
import { drawImage } from './images.ts';

/** For a busy machine; these tests are about the order of the answers. */
const LONG_MS = 250_000;

const sendFile = (client: Client, bytes: Buffer<ArrayBuffer>, name = 'figure.png') =>
  sendForm(client, '/admin/v1/media', formOf(['file', [bytes, name]]));
const drawing = (inner: string) =>
  Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000">${inner}</svg>`);

describe('uploads of a key beside slow files of another', () => {
  const masthead = useMasthead({ images: { drawTimeoutMs: 300, maxWaitMs: LONG_MS } });

  test('a small PNG is stored before the slow SVGs are, and each of those is refused as too complex', async () => {
    const answered: string[] = [];
    const slow = SLOW_DRAWINGS.map(([what, inner]) =>
      sendFile(masthead.as('author'), drawing(inner), 'slow.svg').finally(() => answered.push(what)),
    );
    await Promise.race(slow);
    const small = await sendFile(masthead.as('editor'), await drawImage('png'), 'small.png');
    expect(small).toMatchObject({ status: 201, body: { width: 60 } });
    expect(answered.length).toBeLessThan(SLOW_DRAWINGS.length);
    for (const answer of await Promise.all(slow)) {
      expect(answer).toMatchObject({ status: 422, body: { code: 'svg_too_complex' } });
    }
  });
});

describe('uploads of a key beside large images and long animations of another', () => {
  const masthead = useMasthead({ images: { cleanTimeoutMs: LONG_MS, maxWaitMs: LONG_MS } });

  test('a small PNG is stored before they are, and they are stored in the end', async () => {
    const answered: number[] = [];
    const files = [blankPng(7000, 7000), await animation('webp', 499, 300, 200), blankPng(6999, 7000)];
    const slow = files.map(async (bytes, at) => {
      const answer = await sendFile(masthead.as('author'), Buffer.from(bytes), 'large');
      answered.push(at);
      return answer;
    });
    await Promise.race(slow);
    const small = await sendFile(masthead.as('editor'), await drawImage('png'), 'small.png');
    expect(small).toMatchObject({ status: 201, body: { width: 60 } });
    expect(answered.length).toBeLessThan(files.length);
    const stored = await Promise.all(slow);
    expect(stored.map(({ status, body }) => [status, body.frames])).toEqual([
      [201, 1],
      [201, 499],
      [201, 1],
    ]);
  });
});

describe('an upload that waits too long for others of its key', () => {
  const started = Promise.withResolvers<void>();
  const masthead = useMasthead({
    images: { maxWaitMs: 300, drawTimeoutMs: 1_000, onStart: () => started.resolve() },
  });
  const upload = (bytes: Buffer<ArrayBuffer>) => sendFile(masthead.as('author'), bytes);

  test('the upload is answered with 503 and Retry-After while the slow file is still processed', async () => {
    const [, inner = ''] = SLOW_DRAWINGS[0] ?? [];
    const answered: string[] = [];
    const slow = upload(drawing(inner)).finally(() => answered.push('slow'));
    await started.promise;
    const late = await upload(await drawImage('png'));
    expect(answered).toEqual([]);
    expect(late).toMatchObject({
      status: 503,
      headers: { 'retry-after': expect.stringMatching(/^\d+$/) },
      body: { code: 'overloaded' },
    });
    expect(await slow).toMatchObject({ status: 422, body: { code: 'svg_too_complex' } });
    expect(await upload(await drawImage('png', 1))).toMatchObject({ status: 201 });
  });
});
