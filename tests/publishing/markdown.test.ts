import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type MarkdownFigure, renderFigure } from '../../src/modules/publishing/markdown/figure-html.ts';
import { findMarkdownExcess } from '../../src/modules/publishing/markdown/parse.ts';
import { findMediaReferences } from '../../src/modules/publishing/markdown/references.ts';
import { renderMarkdown } from '../../src/modules/publishing/markdown/render.ts';
import { countMarkdownWords } from '../../src/modules/publishing/markdown/words.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b12';
const figure: MarkdownFigure = {
  ...{ url: 'masthead:media/model.png', width: 640, height: 480 },
  ...{ alt: 'A model', caption: 'How it <b>works</b>', credit: null },
};
const size = 'width="640" height="480" loading="lazy" decoding="async"';

function html(markdown: string, overrides: Partial<MarkdownFigure> = {}): string {
  return renderMarkdown(markdown, new Map([[id, { ...figure, ...overrides }]]), 'blip').html;
}

describe('A figure', () => {
  const image = `<img src="masthead:media/model.png" alt="A model" ${size}>`;
  const whole = `<figure>${image}<figcaption>How it &#x3C;b>works&#x3C;/b></figcaption></figure>`;

  it('stands between two paragraphs where its image is alone in one', () => {
    expect(html(`Before.\n\n![](media:${id})\n\nAfter.`)).toBe(`<p>Before.</p>\n${whole}\n<p>After.</p>`);
  });

  it('may be named in a definition, in upper case, in an entry of a list, and be a link', () => {
    expect(html(`![x][fig]\n\n[fig]: media:${id}`)).toBe(whole);
    expect(html(`![x](MEDIA:${id.toUpperCase()})`)).toBe(whole);
    expect(html(`- ![x](media:${id})`)).toBe(`<ul>\n<li>\n${whole}\n</li>\n</ul>`);
    expect(html(`[![x](media:${id})](https://a.example)`)).toContain(
      `<figure><a href="https://a.example">${image}</a>`,
    );
  });

  it('is an image with its size where it stands among words', () => {
    expect(html(`See ![x](media:${id}).`)).toBe(`<p>See ${image}.</p>`);
  });

  it('has the words of the image where nobody gave it others', () => {
    const text = `![fallback](media:${id} "A title")`;
    expect(html(text, { alt: null })).toContain('alt="fallback"');
    expect(html(text, { alt: '' })).toContain('alt=""');
    expect(html(text, { caption: null })).toContain('<figcaption>A title</figcaption>');
    expect(html(text)).not.toContain('A title');
    expect(html(`![x](media:${id})`, { caption: null })).not.toContain('figcaption');
  });

  it('has its credit after the caption, a link only if the address is of the web', () => {
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

  it('that follows the body is written as one within it', () => {
    expect(renderFigure(figure)).toBe(whole);
  });

  it('is left out where its media is not known, and told apart from those that are placed', () => {
    const text = `![x](media:${unknownId})\n\nOne ![x](media:${id}) two ![x](media:nonsense)`;
    const { html, placed } = renderMarkdown(text, new Map([[id, figure]]), 'blip');
    expect(html.trim()).toBe(`<p>One ${image} two </p>`);
    expect([...placed]).toEqual([id]);
  });
});

describe('References to media', () => {
  it('are found in the order of the text, those that are malformed too', () => {
    const text = `![a](media:${id.toUpperCase()}) and ![][fig]\n\n> ![b](media:model.png) [no image](media:${id})\n\n[fig]: media:${unknownId}`;
    expect(findMediaReferences(text)).toEqual([
      { address: `media:${id.toUpperCase()}`, mediaId: id, alt: 'a' },
      { address: `media:${unknownId}`, mediaId: unknownId, alt: null },
      { address: 'media:model.png', mediaId: null, alt: 'b' },
    ]);
  });

  it('are none in code or behind a backslash', () => {
    expect(findMediaReferences(`\`![a](media:${id})\` \\![a](media:${id})\n\n    ![a](media:${id})`)).toEqual(
      [],
    );
  });
});

describe('Markdown', () => {
  it('has tables, task lists, bare addresses and struck words', () => {
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

  it('keeps the footnotes of several texts on one page apart', () => {
    const note = html('A[^1] and again[^1].\n\n[^1]: Note.');
    const ids = [...note.matchAll(/ id="([^"]*)"/g)].map(([, name]) => name);
    expect(ids).toEqual(['blip-fnref-1', 'blip-fnref-1-2', 'blip-footnote-label', 'blip-fn-1']);
    const links = [...note.matchAll(/ href="#([^"]*)"/g)].map(([, name]) => name);
    expect(links).toEqual(['blip-fn-1', 'blip-fn-1', 'blip-fnref-1', 'blip-fnref-1-2']);
    expect(note).toContain('aria-describedby="blip-footnote-label"');
    expect(html('[to a place of its own](#fn-1)')).toContain('href="#fn-1"');
  });

  it('loses raw HTML and addresses that run code', () => {
    expect(
      html('<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<b onclick="x">b</b>').trim(),
    ).toBe('<p>b</p>');
    for (const address of [
      'javascript:alert(1)',
      'JavaScript:x',
      '&#106;avascript:x',
      'data:text/html,x',
      'vbscript:x',
    ]) {
      expect(html(`[a](${address})`)).toBe('<p><a>a</a></p>');
      expect(html(`![a](${address})`)).toBe('');
    }
    expect(html('<javascript:alert(1)>')).toBe('<p><a>javascript:alert(1)</a></p>');
  });

  it('keeps images from elsewhere if they come by https', () => {
    expect(html('![a](https://a.example/b.png)')).toBe(
      '<p><img src="https://a.example/b.png" alt="a" loading="lazy" decoding="async"></p>',
    );
    expect(html('![a](http://a.example/b.png) ![a](/b.png) ![a](masthead:media/b.png)')).not.toContain('img');
  });
});

describe('The words of a text', () => {
  it('are those that a reader reads', () => {
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

  it('are found where no spaces are between them', () => {
    expect(countMarkdownWords('私は本を読みます。', 'ja')).toBeGreaterThan(3);
  });
});

const tagPattern = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/g;
const attributePattern = / ([a-z-]+)(?:="([^"]*)")?/g;
const knownTags = new Set(
  `a blockquote br code del em figcaption figure h1 h2 h3 h4 h5 h6 hr img input li ol p pre section span strong
   sup table tbody td th thead tr ul`.split(/\s+/),
);
const knownAttributes = new Set(
  `align alt aria-describedby aria-label checked class data-footnote-backref data-footnote-ref data-footnotes
   decoding disabled height href id loading src start title type width`.split(/\s+/),
);

/** All that is amiss in the HTML; every `<` must begin a tag that is known. */
function findDangers(html: string): string[] {
  const tags = [...html.matchAll(tagPattern)];
  const rest = html.replaceAll(tagPattern, '');
  const attributes = tags.flatMap(([, , , text]) => [...(text ?? '').matchAll(attributePattern)]);
  return [
    ...tags.map(([, , name]) => name ?? '').filter((name) => !knownTags.has(name)),
    ...attributes.map(([, name]) => name ?? '').filter((name) => !knownAttributes.has(name)),
    ...attributes
      .filter(([, name, value]) => /^(href|src)$/.test(name ?? '') && isUnsafe(value ?? ''))
      .map(([all]) => all),
    ...(rest.includes('<') ? [rest] : []),
  ];
}

function isUnsafe(address: string): boolean {
  const scheme = /^[^/?#]*?:/.exec(address)?.[0].toLowerCase();
  return scheme !== undefined && !['http:', 'https:', 'mailto:', 'masthead:'].includes(scheme);
}

describe('Any text at all', () => {
  const piece = fc.constantFrom(
    ...[
      '<script>',
      '</script>',
      '<img src=x onerror=alert(1)>',
      '<svg/onload=x>',
      '<!--',
      '-->',
      '<![CDATA[',
      '<a href="',
    ],
    ...[
      'javascript:alert(1)',
      'JAVASCRIPT&colon;x',
      'java\tscript:',
      'data:text/html,',
      'vbscript:',
      'https://a.example',
    ],
    ...[
      '[',
      ']',
      '(',
      ')',
      '![',
      '](',
      '[^1]',
      '[^1]: ',
      '[a]: ',
      '`',
      '```',
      '**',
      '_',
      '~~',
      '|',
      '|-|',
      '# ',
      '> ',
      '- ',
    ],
    ...[
      '"',
      "'",
      ' "',
      '\\',
      '&lt;',
      '&#x3c;',
      '\n',
      '\n\n',
      '    ',
      `media:${id}`,
      `![x](media:${id} "t")`,
      'www.a.example',
    ],
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((parts) => parts.join('')),
  );

  it('becomes HTML in which nothing can run', () => {
    fc.assert(
      fc.property(text, text, (markdown, words) => {
        const hostile = {
          ...figure,
          alt: words,
          caption: words,
          credit: { text: words, url: words, licence: words },
        };
        expect(findDangers(renderMarkdown(markdown, new Map([[id, hostile]]), 'blip').html)).toEqual([]);
        expect(findDangers(renderFigure(hostile))).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('is judged by a test that sees dangers', () => {
    expect(findDangers('<p onclick="x">a</p>')).toEqual(['onclick']);
    expect(findDangers('<a href="javascript:x">a</a>')).toHaveLength(1);
    expect(findDangers('<svg>')).toEqual(['svg']);
    expect(findDangers('<p>a <script x=1></p>')).toHaveLength(1);
  });

  const fill = (part: string) => part.repeat(Math.ceil(100_000 / part.length)).slice(0, 100_000);

  it.each([
    '[',
    ']',
    '![',
    '*a',
    '**a ',
    '~a',
    '_',
    '>',
    '> ',
    '- ',
    '1. ',
    '- * + ',
    '<!--',
    '[a](',
    '\n-',
    'a\n=\n',
  ])('that is 100,000 characters of %j is shown as plain words', (part) => {
    expect(findMarkdownExcess(fill(part))).not.toBeNull();
    const { html, excess } = renderMarkdown(fill(part), new Map(), 'a');
    expect(excess).toMatch(/^more than 5000|^more than 1000|^quotes or lists/);
    expect(html.length).toBeLessThan(1_000_000);
  });

  it.each([
    ['a table as wide as it is high', `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'|\n'.repeat(900)}`],
    [
      'many references to one long address',
      `[a]: https://a.example/${'u'.repeat(18_000)}\n\n${'[a] '.repeat(400)}`,
    ],
    ['footnotes inside footnotes', fill('[^a]: ')],
  ])('that would make too much HTML is shown as plain words: %s', (_, markdown) => {
    expect(renderMarkdown(markdown, new Map(), 'a').html.length).toBeLessThan(1_000_000);
    expect(findMarkdownExcess(markdown)).not.toBeNull();
  });

  it.each([
    ['images in images', `${'!['.repeat(245)}${'](u)'.repeat(245)}\n\n`.repeat(5)],
    ['emphasis in emphasis', `${'*a '.repeat(490)}${' a*'.repeat(490)}\n\n`.repeat(5)],
    ['headings', 'a\n=\n\n'.repeat(1_600)],
    ['quotes in quotes', `${'>'.repeat(99)}a\n\n`.repeat(48)],
    ['words after an open bracket', `[${'h '.repeat(1_490)}\n\n`.repeat(33)],
    ['bare addresses', 'a@b.example '.repeat(8_000)],
  ])('is rendered within seconds, and no stack overflows, at the limits of %s', (_, markdown) => {
    expect(renderMarkdown(markdown, new Map(), 'a')).toMatchObject({ excess: null });
  });
});
