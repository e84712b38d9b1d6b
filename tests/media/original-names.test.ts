import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { storeMedia } from '../../src/modules/media/uploads/store-media.ts';
import { useMasthead } from '../support/app.ts';
import { rawForm, rawFormType } from './forms.ts';
import { drawImage } from './images.ts';

const masthead = useMasthead();

let seed = 0;

async function uploadNamed(disposition: string) {
  seed += 1;
  const payload = rawForm([
    `Content-Disposition: form-data; name="file"; ${disposition}`,
    await drawImage('png', seed),
  ]);
  return masthead
    .as('author')
    .send({ method: 'POST', url: '/admin/v1/media', payload, headers: rawFormType });
}

describe('The name that a file came with', () => {
  test.each([
    ['a path that climbs', 'filename="../../../etc/passwd"', 'passwd'],
    ['a path of Windows', 'filename="C:\\\\temp\\\\figure.png"', 'figure.png'],
    ['NUL', 'filename="fig\u0000ure.png"', 'figure.png'],
    ['a climb hidden by NUL', 'filename="..\u0000/..\u0000/x.png"', 'x.png'],
    ['escape codes of a terminal', 'filename="\u001b[31mred.png"', '[31mred.png'],
    ['text turned around', 'filename="gnp\u202egnp.exe"', 'gnpgnp.exe'],
    ['line breaks, encoded', 'filename="a%0D%0ASet-Cookie: x.png"', 'a%0D%0ASet-Cookie: x.png'],
    ['other scripts', 'filename="図 1 — Übersicht 📊.png"', '図 1 — Übersicht 📊.png'],
    ['an extended parameter', "filename*=UTF-8''f%C3%BCnf.png", 'fünf.png'],
    ['nothing but dots', 'filename=".."', null],
    ['nothing', 'filename=""', null],
  ])('is kept for display alone: %s', async (_case, disposition, originalName) => {
    const answer = await uploadNamed(disposition);
    expect(answer).toMatchObject({ status: 201, body: { originalName } });
    expect(answer.body.url).toMatch(/\/media\/[0-9a-f]{16}-[0-9a-f]{24}\.png$/);
  });

  test('is cut to 200 characters, and never through one of them', async () => {
    expect((await uploadNamed(`filename="${'n'.repeat(300)}"`)).body.originalName).toBe('n'.repeat(200));
    const cut = (await uploadNamed(`filename="${'n'.repeat(199)}📊.png"`)).body.originalName;
    expect(cut).toBe('n'.repeat(199));
  });

  test('is cleaned as well when it comes without HTTP', async () => {
    const { media } = await storeMedia(masthead.ctx, masthead.media, {
      bytes: [await drawImage('png')],
      originalName: 'up/../a\r\nSet-Cookie: b\ud800.png',
    });
    expect(media.originalName).toBe('aSet-Cookie: b.png');
  });

  test('with line breaks in the header of its part makes no file', async () => {
    const answer = await uploadNamed("filename*=UTF-8''a%0D%0Ab.png");
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/file' }] } });
  });

  test('never becomes the name of a file', async () => {
    await uploadNamed('filename="../escaped.png"');
    const names = await readdir(masthead.mediaDirectory);
    for (const name of names) expect(name).toMatch(/^([0-9a-f]{16}-[0-9a-f]{24}\.png|\.staging)$/);
  });
});
