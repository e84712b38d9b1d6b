import { describe, expect, test } from 'vitest';
import { findLosses, findTextFaults } from '../../src/markdown/losses.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12';
const address = 'masthead:media/slides.pdf';
const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a', new Map([[id, address]])).html;

describe('a link to a media file', () => {
  test.each([
    [
      'within text',
      `See [the *slides*](media:${id}).`,
      `<p>See <a href="${address}">the <em>slides</em></a>.</p>`,
    ],
    [
      'with a title',
      `[Slides](media:${id} "A \\"talk\\"")`,
      `<p><a href="${address}" title="A &#x22;talk&#x22;">Slides</a></p>`,
    ],
    ['in reference style', `[Slides][s]\n\n[s]: <media:${id}>`, `<p><a href="${address}">Slides</a></p>`],
    ['in upper case', `[Slides](MEDIA:${id.toUpperCase()})`, `<p><a href="${address}">Slides</a></p>`],
    [
      'around an image',
      `[![x](https://a.example/b.png)](media:${id})`,
      `<p><a href="${address}"><img src="https://a.example/b.png" alt="x" loading="lazy" decoding="async"></a></p>`,
    ],
    ['in angle brackets', `<media:${id}>`, `<p><a href="${address}">media:${id}</a></p>`],
  ])('a link %s leads to the file', (_how, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test.each([`media:${unknownId}`, 'media:slides', 'media:', `media:${id}x`, `media:/${id}`])(
    'a link to the unknown file %s keeps its text and has no address',
    (url) => {
      expect(html(`[Slides](${url})`)).toBe('<p><a>Slides</a></p>');
    },
  );

  test('code contains no links, and a web address that contains a media address is unchanged', () => {
    expect(html(`\`[a](media:${id})\``)).not.toContain('href');
    expect(html(`[a](https://a.example/media:${id})`)).toContain(`href="https://a.example/media:${id}"`);
  });

  test('a link does not show the file, and an image does not link to it', () => {
    expect(html(`[a](media:${id})`)).not.toMatch(/img|figure/);
    expect(html(`![a](media:${id})`)).toBe('');
  });
});

test.each([
  address,
  'MASTHEAD:media/slides.pdf',
  'masthead:media/../x',
  'masthead:x',
  'masthead:media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png',
])('the internal address %s is left out when an author writes it', (url) => {
  for (const text of [`[a](${url})`, `[a][b]\n\n[b]: ${url}`, `[a](${url} "t")`, `<a href="${url}">a</a>`]) {
    expect(html(text)).not.toContain('href');
    expect(findTextFaults(text)).toMatchObject([{ code: 'link_unusable' }]);
  }
});

test.each([address, 'javascript:alert(1)', 'std::string', 'ftp://a.example', 'Key:Value'])(
  'the address %s in angle brackets, which readers cannot follow, is shown as it was written',
  (url) => {
    expect(html(`a <${url}>`)).toBe(`<p>a &#x3C;${url}></p>`);
    expect(findTextFaults(`<${url}>`)).toEqual([]);
  },
);

test('links to media files are no fault', () => {
  const text = `[a](media:${id}) [b][c] <media:${id}>\n\n[c]: MEDIA:${id}`;
  expect([...findTextFaults(text), ...findLosses(text)]).toEqual([]);
});
