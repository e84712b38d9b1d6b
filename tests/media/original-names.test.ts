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

describe('original file names', () => {
  test.each([
    ['a path with ..', 'filename="../../../etc/passwd"', 'passwd'],
    ['a Windows path', 'filename="C:\\\\temp\\\\figure.png"', 'figure.png'],
    ['a NUL', 'filename="fig\u0000ure.png"', 'figure.png'],
    ['.. hidden by NULs', 'filename="..\u0000/..\u0000/x.png"', 'x.png'],
    ['terminal escape codes', 'filename="\u001b[31mred.png"', '[31mred.png'],
    ['a right-to-left override', 'filename="gnp\u202egnp.exe"', 'gnpgnp.exe'],
    ['encoded line breaks', 'filename="a%0D%0ASet-Cookie: x.png"', 'a%0D%0ASet-Cookie: x.png'],
    ['non-Latin scripts', 'filename="図 1 — Übersicht 📊.png"', '図 1 — Übersicht 📊.png'],
    ['an extended parameter', "filename*=UTF-8''f%C3%BCnf.png", 'fünf.png'],
    ['only dots', 'filename=".."', null],
    ['no characters', 'filename=""', null],
  ])('a name with %s is cleaned and used for display only', async (_case, disposition, originalName) => {
    const answer = await uploadNamed(disposition);
    expect(answer).toMatchObject({ status: 201, body: { originalName } });
    expect(answer.body.url).toMatch(/\/media\/[0-9a-f]{16}-[0-9a-f]{24}\.png$/);
  });

  test('a name is cut to 200 characters, but never inside a surrogate pair', async () => {
    expect((await uploadNamed(`filename="${'n'.repeat(300)}"`)).body.originalName).toBe('n'.repeat(200));
    const cut = (await uploadNamed(`filename="${'n'.repeat(199)}📊.png"`)).body.originalName;
    expect(cut).toBe('n'.repeat(199));
  });

  test('a name that storeMedia gets without HTTP is cleaned as well', async () => {
    const { media } = await storeMedia(masthead.ctx, masthead.media, {
      bytes: [await drawImage('png')],
      originalName: 'up/../a\r\nSet-Cookie: b\ud800.png',
    });
    expect(media.originalName).toBe('aSet-Cookie: b.png');
  });

  test('a part whose decoded file name has line breaks is refused', async () => {
    const answer = await uploadNamed("filename*=UTF-8''a%0D%0Ab.png");
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: '/file' }] } });
  });

  test('the name is never used as the name of the stored file', async () => {
    await uploadNamed('filename="../escaped.png"');
    const names = await readdir(masthead.mediaDirectory);
    for (const name of names) expect(name).toMatch(/^([0-9a-f]{16}-[0-9a-f]{24}\.png|\.staging)$/);
  });
});
