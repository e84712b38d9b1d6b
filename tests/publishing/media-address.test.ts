import { expect, test } from 'vitest';
import {
  resolveMediaAddresses,
  storedMediaAddress,
} from '../../src/modules/publishing/editions/media-address.ts';

const publicUrl = 'https://letters.example.org';
const name = '9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png';
const oldName = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11.jpg';
const resolve = (document: unknown) => JSON.parse(resolveMediaAddresses(JSON.stringify(document), publicUrl));

test.each([name, oldName])('every stored address of %s becomes a URL of this installation', (file) => {
  const write = (base: string) => {
    const srcset = `${base}${file}.320.avif 320w, ${base}${file}.640.avif 640w`;
    return {
      url: `${base}${file}`,
      sources: [{ mimeType: 'image/avif', srcset }],
      html: `<p>"a"</p>\n<picture><source srcset="${srcset}"><img src="${base}${file}"></picture><a href="${base}${file}">b</a>`,
    };
  };
  expect(resolve(write(storedMediaAddress('')))).toEqual(write(`${publicUrl}/media/`));
});

test('text that only looks like a stored media address is not changed', () => {
  const words = {
    markdown: 'masthead:media/ and masthead:media/cat.png, masthead:media/$& and media:x',
    html: '<p>masthead:media/9f86d081884c7d65</p>',
  };
  expect(resolve(words)).toEqual(words);
});
