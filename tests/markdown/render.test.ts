import { describe, expect, test } from 'vitest';
import { countMarkdownWords } from '../../src/markdown/count-words.ts';
import { type MarkdownFigure, renderFigure } from '../../src/markdown/figure-html.ts';
import { findMediaImages, findMediaLinks } from '../../src/markdown/references.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12';
const figure: MarkdownFigure = {
  ...{ url: 'masthead:media/model.png', width: 640, height: 480 },
  ...{ sources: [], thumbhash: null, placeholder: null },
  ...{ alt: 'A model', caption: 'How it <b>works</b>', credit: null },
};
const size = 'width="640" height="480" loading="lazy" decoding="async"';

function html(markdown: string, overrides: Partial<MarkdownFigure> = {}): string {
  return renderMarkdown(markdown, new Map([[id, { ...figure, ...overrides }]]), 'blip').html;
}

describe('a figure', () => {
  const image = `<img src="masthead:media/model.png" alt="A model" ${size}>`;
  const whole = `<figure>${image}<figcaption>How it &#x3C;b>works&#x3C;/b></figcaption></figure>`;

  test('an image alone in its paragraph becomes a figure', () => {
    expect(html(`Before.\n\n![](media:${id})\n\nAfter.`)).toBe(`<p>Before.</p>\n${whole}\n<p>After.</p>`);
  });

  test('an image becomes a figure in reference style, in upper case, in a list item and inside a link', () => {
    expect(html(`![x][fig]\n\n[fig]: media:${id}`)).toBe(whole);
    expect(html(`![x](MEDIA:${id.toUpperCase()})`)).toBe(whole);
    expect(html(`- ![x](media:${id})`)).toBe(`<ul>\n<li>\n${whole}\n</li>\n</ul>`);
    expect(html(`[![x](media:${id})](https://a.example)`)).toContain(
      `<figure><a href="https://a.example">${image}</a>`,
    );
  });

  test('an image within text is an img element with its size', () => {
    expect(html(`See ![x](media:${id}).`, { caption: null })).toBe(`<p>See ${image}.</p>`);
  });

  test('the alt text and title in the Markdown are used only if the figure has none', () => {
    const text = `![fallback](media:${id} "A title")`;
    expect(html(text, { alt: null })).toContain('alt="fallback"');
    expect(html(text, { alt: '' })).toContain('alt=""');
    expect(html(text, { caption: null })).toContain('<figcaption>A title</figcaption>');
    expect(html(text)).not.toContain('A title');
    expect(html(`![x](media:${id})`, { caption: null })).not.toContain('figcaption');
  });

  test('the credit follows the caption and is a link only to a web address', () => {
    const credit = { text: 'Ann & Bob', url: 'https://a.example/?b&c', licence: 'CC BY 4.0' };
    expect(renderFigure({ ...figure, caption: 'Works.', credit })).toBe(
      `<figure>${image}<figcaption>Works. <span class="credit"><a href="https://a.example/?b&#x26;c">Ann &#x26; Bob</a> (CC BY 4.0)</span></figcaption></figure>`,
    );
    const plain = renderFigure({
      ...figure,
      caption: null,
      credit: { text: 'Ann', url: 'javascript:alert(1)' },
    });
    expect(plain).toContain('<figcaption><span class="credit">Ann</span></figcaption>');
  });

  test('a figure after the body has the same HTML as one within it', () => {
    expect(renderFigure(figure)).toBe(whole);
  });

  test('an image of an unknown media file is left out and not reported as placed', () => {
    const text = `![x](media:${unknownId})\n\nOne ![x](media:${id}) two ![x](media:nonsense)`;
    const { html, placed } = renderMarkdown(text, new Map([[id, { ...figure, caption: null }]]), 'blip');
    expect(html.trim()).toBe(`<p>One ${image} two </p>`);
    expect([...placed]).toEqual([id]);
  });
});

describe('references to media files', () => {
  test('images are found in text order, including malformed ones', () => {
    const text = `![a](media:${id.toUpperCase()}) and ![][fig]\n\n> ![b](media:model.png) [no image](media:${id})\n\n[fig]: media:${unknownId}`;
    expect(findMediaImages(text)).toEqual([
      { address: `media:${id.toUpperCase()}`, mediaId: id, alt: 'a' },
      { address: `media:${unknownId}`, mediaId: unknownId, alt: null },
      { address: 'media:model.png', mediaId: null, alt: 'b' },
    ]);
    expect(findMediaLinks(text)).toEqual([{ address: `media:${id}`, mediaId: id }]);
  });

  test('links are found, including reference-style links and links around images', () => {
    const text = `[a][b] and [c](MEDIA:${id}) [![](media:${id})](media:x)\n\n[b]: media:${unknownId}`;
    expect(findMediaLinks(text)).toEqual([
      { address: `media:${unknownId}`, mediaId: unknownId },
      { address: `MEDIA:${id}`, mediaId: id },
      { address: 'media:x', mediaId: null },
    ]);
    expect(findMediaImages(text)).toHaveLength(1);
  });

  test('code and escaped text contain no references', () => {
    const text = `\`![a](media:${id})\` \\![a](media:${id})\n\n    ![a](media:${id})`;
    expect(findMediaImages(text)).toEqual([]);
    expect(findMediaLinks(text)).toEqual([{ address: `media:${id}`, mediaId: id }]);
    expect(findMediaLinks(`\`[a](media:${id})\` \\[a](media:${id})\n\n[a]: media:${id}`)).toEqual([]);
  });
});

describe('Markdown', () => {
  test('tables, task lists, bare addresses, strikethrough, code and right-to-left text are rendered', () => {
    expect(html('| a | b |\n|:-:|---|\n| 日本 | 🎉 |')).toContain(
      '<td align="center">日本</td>\n<td>🎉</td>',
    );
    expect(html('- [x] done')).toContain('<input type="checkbox" checked disabled> done');
    expect(html('https://a.example/b_c ~~no~~')).toBe(
      '<p><a href="https://a.example/b_c">https://a.example/b_c</a> <del>no</del></p>',
    );
    expect(html('```ts\na < b\n```')).toBe('<pre><code class="language-ts">a &#x3C; b\n</code></pre>');
    expect(html('שלום **עולם**')).toBe('<p>שלום <strong>עולם</strong></p>');
  });

  test('footnote ids have a prefix, so that several texts can share a page', () => {
    const note = html('A[^1] and again[^1].\n\n[^1]: Note.');
    const ids = [...note.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name);
    expect(ids).toEqual(['blip-fnref-1', 'blip-fnref-1-2', 'blip-footnote-label', 'blip-fn-1']);
    const links = [...note.matchAll(/ href="#([^"]*)"/g)].map(([, name]) => name);
    expect(links).toEqual(['blip-fn-1', 'blip-fn-1', 'blip-fnref-1', 'blip-fnref-1-2']);
    expect(note).toContain('aria-describedby="blip-footnote-label"');
    expect(html('[to a place of its own](#fn-1)')).toContain('href="#fn-1"');
  });

  test('raw HTML and addresses that run code are removed', () => {
    expect(
      html('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<b onclick="x">b</b>').trim(),
    ).toBe('<p><strong>b</strong></p>');
    for (const address of 'javascript:x JavaScript:x &#106;avascript:x data:text/html,x vbscript:x'.split(
      ' ',
    )) {
      expect(html(`[a](${address})`)).toBe('<p><a>a</a></p>');
      expect(html(`![a](${address})`)).toBe('');
    }
    expect(html('<javascript:alert(1)>')).toBe('<p>&#x3C;javascript:alert(1)></p>');
  });

  test('images from other sites are kept only with https', () => {
    expect(html('![a](https://a.example/b.png)')).toBe(
      '<p><img src="https://a.example/b.png" alt="a" loading="lazy" decoding="async"></p>',
    );
    expect(html('![a](http://a.example/b.png) ![a](/b.png) ![a](masthead:media/b.png)')).not.toContain('img');
  });
});

describe('countMarkdownWords', () => {
  test('only the words that a reader sees are counted', () => {
    expect(
      countMarkdownWords('# Two words\n\nA **bo**ld [link](https://a.example/b/c) isn’t `four`.', 'en'),
    ).toBe(7);
    expect(
      countMarkdownWords(`![not this](media:${id})\n\n\`\`\`\nnor this\n\`\`\`\n\n<!-- or this -->`, 'en'),
    ).toBe(0);
    expect(countMarkdownWords('Read https://a.example/b/c or <d@e.example>', 'en')).toBe(2);
    expect(countMarkdownWords('| a | b |\n|---|---|\n| c | d |\n\n- e\n- f[^1]\n\n[^1]: g', 'en')).toBe(7);
    expect(countMarkdownWords('', 'en')).toBe(0);
  });

  test('words of a language without spaces are counted', () => {
    expect(countMarkdownWords('私は本を読みます。', 'ja')).toBeGreaterThan(3);
  });
});
