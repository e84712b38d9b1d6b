import fc from 'fast-check';
import { JSDOM } from 'jsdom';
import { describe, expect, test } from 'vitest';
import { renderMarkdown } from '../../src/markdown/render.ts';
import { makeLinksAbsolute } from '../../src/modules/feeds/compose/absolute-links.ts';

const page = 'https://letter.example/issues/26';
const rewrite = (markdown: string) =>
  makeLinksAbsolute(renderMarkdown(markdown, new Map(), 'intro').html, page);

function elementsOf(html: string) {
  return [...new JSDOM(html).window.document.documentElement.querySelectorAll('*')];
}

describe('an address in the content of a feed', () => {
  test.each([
    ['[x](/about)', 'href="https://letter.example/about"'],
    ['[x](other)', 'href="https://letter.example/issues/other"'],
    ['[x](../a?b=1&c=2)', 'href="https://letter.example/a?b=1&amp;c=2"'],
    ['[x](//elsewhere.example/y)', 'href="https://elsewhere.example/y"'],
    ['[x](#blip)', 'href="https://letter.example/issues/26#blip"'],
    ['[x](https:other)', 'href="https://letter.example/issues/other"'],
    ['[x](//[)', 'href="https://letter.example/issues/26"'],
    ['[x](/y "title href=z")', 'href="https://letter.example/y" title="title href=z"'],
    ['[x](/y " href=")', 'href="https://letter.example/y"'],
    ['[x](/y " data-footnote-ref")', 'href="https://letter.example/y"'],
  ])('%s is made absolute', (markdown, expected) => {
    expect(rewrite(markdown)).toContain(expected);
  });

  test.each([
    '[x](https://elsewhere.example/?a=1&b=2#c)',
    '[x](mailto:a@b.example)',
    '`<a href="/code">`',
    'a word: href="/in-text" src="x"',
    'A note.[^1]\n\n[^1]: It stays in the text.',
    '- [x] done\n- [ ] not done',
    '| a | b |\n| :- | -: |\n| 1 | 2 |',
  ])('%s is unchanged', (markdown) => {
    expect(rewrite(markdown)).toBe(renderMarkdown(markdown, new Map(), 'intro').html);
  });

  test('the placeholder and the thumbhash of an image are removed', () => {
    const html =
      '<p><img src="https://a.example/b" alt="style" style="background:red" data-thumbhash="x"></p>';
    expect(makeLinksAbsolute(html, page)).toBe('<p><img src="https://a.example/b" alt="style"></p>');
  });
});

test('for any Markdown the text and the elements stay the same and no address is relative', () => {
  const piece = fc.constantFrom(
    ...[
      '[x](',
      ')',
      '/a',
      '#b',
      '"',
      "'",
      ' href="',
      '<',
      '>',
      '`',
      '&',
      '&quot;',
      '![',
      '](',
      ' "t"',
      '\n\n',
    ],
    ...[
      'https://a.example',
      'http:',
      '[^1]',
      '[^1]: ',
      '=',
      ' src=',
      '\\',
      '*',
      'word',
      '|',
      '<a href="/x">',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
      const { html } = renderMarkdown(pieces.join(''), new Map(), 'intro');
      const [before, after] = [elementsOf(html), elementsOf(makeLinksAbsolute(html, page))];
      expect(after.map(({ localName }) => localName)).toEqual(before.map(({ localName }) => localName));
      expect(after[0]?.textContent).toBe(before[0]?.textContent);
      for (const element of after) {
        const address = element.getAttribute('href') ?? element.getAttribute('src');
        const isFootnote = [...element.attributes].some(({ name }) => name.startsWith('data-footnote'));
        if (address !== null && !isFootnote) expect(address).toMatch(/^(https?:\/\/|mailto:)/i);
      }
    }),
    { numRuns: 100 },
  );
});
