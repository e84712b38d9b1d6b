import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { renderFigure } from '../../src/markdown/figure-html.ts';
import { findMarkdownExcess } from '../../src/markdown/parse.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

const srcset = 'masthead:media/a.png.1.x 1w, masthead:media/a.png.2.x 2w';
const attachment = 'masthead:media/a.pdf';
const placeholder = 'data:image/webp;base64,UklGRg==';

const elements =
  'a blockquote br code del div em figcaption figure h1 h2 h3 h4 h5 h6 hr img input kbd li mark ol p picture pre q section source span strong sub sup table tbody td th thead tr ul';
const attributes =
  'align alt aria-describedby aria-label checked class data-footnote-backref data-footnote-ref data-footnotes data-thumbhash decoding dir disabled height href id lang loading sizes src srcset start style title type width';

const tag = /<\/?([a-z][a-z0-9]*)((?: [a-z-]+(?:="[^"]*")?)*)>/g;
const attribute = / ([a-z-]+)(?:="([^"]*)")?/g;

/** The elements and attributes that are not allowed, and any “<” that does not start a tag. */
function findDangers(html: string): string[] {
  const tags = [...html.matchAll(tag)].map(([, name = '', rest = '']) => ({ name, rest }));
  const properties = tags.flatMap(({ rest }) => [...rest.matchAll(attribute)]);
  return [
    ...tags.map(({ name }) => name).filter((name) => !elements.split(' ').includes(name)),
    ...properties.flatMap(([all, name = '', value = '']) => (isSafe(name, value) ? [] : all)),
    ...(html.replaceAll(tag, '').match(/<.*/gs) ?? []),
  ];
}

function isSafe(name: string, value: string): boolean {
  const scheme = /^[^/?#]*?:/.exec(value)?.[0].toLowerCase() ?? 'https:';
  if (name === 'href') return value === attachment || ['http:', 'https:', 'mailto:'].includes(scheme);
  if (name === 'src') return ['https:', 'masthead:'].includes(scheme);
  if (name === 'srcset') return value === srcset;
  if (name === 'lang') return value === 'en';
  if (name === 'dir') return value === 'ltr';
  if (name === 'style') return value === `background:center/cover no-repeat url(${placeholder})`;
  return attributes.split(' ').includes(name);
}

describe('arbitrary text', () => {
  const piece = fc.constantFrom(
    ...[
      '<script>',
      '</script>',
      '<img src=x onerror=alert(1)>',
      '<svg/onload=x>',
      '<!--',
      '-->',
      '<![CDATA[',
    ],
    ...[
      'javascript:x',
      'JAVASCRIPT&colon;x',
      'java\tscript:',
      'data:text/html,',
      'https://a.example',
      '<a href="',
    ],
    ...'[ ] ( ) ![ ]( [^1] [^1]: ` ``` ** _ ~~ | |-| " \' \\ &lt; &#x3c; www.a.example'.split(' '),
    ...[
      '[a]: ',
      '# ',
      '> ',
      '- ',
      ' "',
      '\n',
      '\n\n',
      '    ',
      `media:${id}`,
      `![x](media:${id} "t")`,
      `[x](media:${id})`,
    ],
    ...['masthead:media/b.pdf', '[x](masthead:media/b.pdf)', '<masthead:media/b.pdf>', ' style="x"'],
    ...['$', '$$', '\n$$\n', '\\(', '\\)', '\\[ ', ' \\]', '> [!NOTE]\n> ', ':x:', '**「', '」**'],
    ...[
      'sup',
      'kbd',
      'mark',
      'q',
      'p',
      'div',
      'table',
      'td',
      'details',
      'svg',
      'math',
      'a',
      'b',
      'T',
    ].flatMap((name) => [`<${name}>`, `</${name}>`, `\n\n<${name} onclick=x style="x" id=x class=x>`]),
    ...[
      '<a href="javascript:x">',
      '<a href="masthead:media/b.pdf">',
      '<iframe src="javascript:x" title=x></iframe>',
      '<iframe srcdoc="<script>x</script>"></iframe>',
      '<video src="data:text/html,x" poster="javascript:x"></video>',
      '<base href="javascript:x/">',
      '<form action="javascript:x"><input type=image src="javascript:x">',
      '<img src="https://a.example/x" srcset="javascript:x 1w" alt="">',
      '<math href="javascript:x"><mtext><style><img src=x onerror=x></style>',
      '<template><script>x</script></template>',
      '<noscript><p title="</noscript><img src=x onerror=x>">',
      '<b data-mdast="ignore">',
      '<td colspan=999999999 rowspan=999999999>',
    ],
  );
  const pieces = fc.array(fc.oneof(piece, fc.string()), { maxLength: 40 }).map((parts) => parts.join(''));
  const text = fc.oneof(fc.string({ unit: 'binary' }), pieces);

  test('the rendered HTML contains nothing that can run', () => {
    fc.assert(
      fc.property(text, text, fc.constantFrom('en', 'ar', 'cy'), (markdown, words, language) => {
        const credit = { text: words, url: words, licence: words };
        const figure = {
          url: 'masthead:media/a.png',
          width: 1,
          height: 1,
          sources: ['image/avif', 'image/webp', 'image/png'].map((mimeType) => ({
            mimeType,
            srcset,
          })),
          thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
          placeholder,
          alt: words,
          caption: words,
          credit,
        };
        const addresses = new Map([[id, attachment]]);
        const figures = new Map([[id, figure]]);
        const { html } = renderMarkdown(markdown, figures, 'a', addresses, { headingLevel: 4, language });
        expect(findDangers(html)).toEqual([]);
        expect(findDangers(renderFigure(figure))).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  test('findDangers reports dangerous HTML', () => {
    expect(findDangers('<p onclick="x">a</p>')).toHaveLength(1);
    expect(findDangers('<a href="javascript:x">a</a>')).toHaveLength(1);
    expect(findDangers('<img srcset="https://a.example/b.png 1w">')).toHaveLength(1);
    expect(findDangers('<img style="position:fixed">')).toHaveLength(1);
    expect(findDangers('<svg>')).toEqual(['svg']);
    expect(findDangers('<p>a <script x=1></p>')).toHaveLength(1);
  });
});

test('a text that only HTML of great depth holds stays readable', () => {
  expect(renderMarkdown(`${'<div>'.repeat(500)}deep`, new Map(), 'a').html).toBe('<p>deep</p>');
});

describe('very long text', () => {
  const fill = (part: string) => part.repeat(Math.ceil(100_000 / part.length)).slice(0, 100_000);

  test.each([
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
  ])('100,000 characters of repeated %j are too complex and shown as plain text', (part) => {
    const { html, excess } = renderMarkdown(fill(part), new Map(), 'a');
    expect(excess).toMatch(/^more than|^quotes or lists/);
    expect(html).toMatch(/^<p>/);
  });

  test.each([
    ['a wide table', `${'|a'.repeat(1000)}\n${'|-'.repeat(1000)}\n${'|\n'.repeat(900)}`],
    ['references to a long address', `[a]: https://a.example/${'u'.repeat(18_000)}\n\n${'[a] '.repeat(400)}`],
    ['footnotes inside footnotes', fill('[^a]: ')],
  ])('a text with %s is too complex, and its HTML stays below 200,000 characters', (_, markdown) => {
    expect(findMarkdownExcess(markdown)).not.toBeNull();
    expect(renderMarkdown(markdown, new Map(), 'a').html.length).toBeLessThan(200_000);
  });

  test.each([
    ['images in images', `${'!['.repeat(245)}${'](u)'.repeat(245)}\n\n`.repeat(5)],
    ['emphasis in emphasis', `${'*a '.repeat(490)}${' a*'.repeat(490)}\n\n`.repeat(5)],
    ['headings', 'a\n=\n\n'.repeat(1_600)],
    ['quotes in quotes', `${'>'.repeat(99)}a\n\n`.repeat(48)],
    ['words after an open bracket', `[${'h '.repeat(1_490)}\n\n`.repeat(5)],
    ['bare addresses', 'a@b.example '.repeat(8_000)],
    ['formulas without an end', `${'\\(a '.repeat(400)}\n\n`.repeat(5)],
    ['formulas with too few dollars', `${'$$$a $$b $c '.repeat(160)}\n\n`.repeat(5)],
    ['elements in elements', `${'<div>'.repeat(990)}a\n\n`.repeat(5)],
    ['media in media', `a ${'<video><source src="/a">'.repeat(160)}${'</video>'.repeat(160)}\n\n`.repeat(10)],
    ['lists in a line of text', `a ${'<b><ul><li>'.repeat(80)}${'</li></ul></b>'.repeat(80)}\n\n`.repeat(10)],
    ['elements in a line of text', `a ${'<b>'.repeat(490)}${'</b>'.repeat(490)}\n\n`.repeat(5)],
    ['lists in lists of HTML', `${'<ul><li>'.repeat(490)}a\n\n`.repeat(5)],
    ['tables in tables of HTML', `${'<table><tr><td>'.repeat(330)}a\n\n`.repeat(5)],
    ['cells that span a million columns', '<table><tr><td colspan=1000000 rowspan=1000000>a</table>'],
  ])('a text at the limit of %s is rendered without a stack overflow', (_, markdown) => {
    expect(renderMarkdown(markdown, new Map(), 'a')).toMatchObject({ excess: null });
  });
});
