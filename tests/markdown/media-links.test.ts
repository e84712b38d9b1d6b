import { describe, expect, it, test } from 'vitest';
import { findLosses } from '../../src/markdown/losses.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12';
const address = 'masthead:media/slides.pdf';
const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a', new Map([[id, address]])).html;

describe('A link to a media', () => {
  test.each([
    [
      'in words',
      `See [the *slides*](media:${id}).`,
      `<p>See <a href="${address}">the <em>slides</em></a>.</p>`,
    ],
    [
      'with a title',
      `[Slides](media:${id} "A \\"talk\\"")`,
      `<p><a href="${address}" title="A &#x22;talk&#x22;">Slides</a></p>`,
    ],
    ['by reference', `[Slides][s]\n\n[s]: <media:${id}>`, `<p><a href="${address}">Slides</a></p>`],
    ['in capital letters', `[Slides](MEDIA:${id.toUpperCase()})`, `<p><a href="${address}">Slides</a></p>`],
    [
      'round an image',
      `[![x](https://a.example/b.png)](media:${id})`,
      `<p><a href="${address}"><img src="https://a.example/b.png" alt="x" loading="lazy" decoding="async"></a></p>`,
    ],
    ['as it stands', `<media:${id}>`, `<p><a href="${address}">media:${id}</a></p>`],
  ])('leads to it %s', (_how, markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test.each([`media:${unknownId}`, 'media:slides', 'media:', `media:${id}x`, `media:/${id}`])(
    'that is not known keeps its words and leads nowhere: %s',
    (url) => {
      expect(html(`[Slides](${url})`)).toBe('<p><a>Slides</a></p>');
    },
  );

  it('is none in code, and an address of the web that looks like one is its own', () => {
    expect(html(`\`[a](media:${id})\``)).not.toContain('href');
    expect(html(`[a](https://a.example/media:${id})`)).toContain(`href="https://a.example/media:${id}"`);
  });

  it('does not show it, and an image does not link to it', () => {
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
])('The stored form of an address is not for people to write: %s', (url) => {
  for (const text of [`[a](${url})`, `<${url}>`, `[a][b]\n\n[b]: ${url}`, `[a](${url} "t")`]) {
    expect(html(text)).not.toContain('href');
    expect(findLosses(text)).toHaveLength(1);
  }
});

test('A link to a media is no loss; raw HTML and what is not of the web are, each told once', () => {
  expect(findLosses(`[a](media:${id}) [b][c]\n\n[c]: MEDIA:${id}`)).toEqual([]);
  const lost = '[a](ftp://a.example) <b>x</b> [c](data:x)\n\n<hr>';
  expect(findLosses(lost)).toEqual([
    'raw HTML, which is left out',
    'a link that is not of the web, which is left out',
  ]);
});
