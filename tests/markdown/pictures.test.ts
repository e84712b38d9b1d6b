import type { Element } from 'hast';
import { describe, expect, test } from 'vitest';
import { type MarkdownFigure, renderFigure } from '../../src/markdown/figure-html.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';
import { toSafeHtml } from '../../src/markdown/safe-html.ts';

const id = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';
const srcset = (format: string) =>
  [320, 640].map((width) => `masthead:media/model.png.${width}.${format} ${width}w`).join(', ');
const figure: MarkdownFigure = {
  ...{ url: 'masthead:media/model.png', width: 640, height: 480 },
  ...{ alt: 'A model', caption: null, credit: null },
  sources: [
    { mimeType: 'image/avif', srcset: srcset('avif') },
    { mimeType: 'image/webp', srcset: srcset('webp') },
    { mimeType: 'image/png', srcset: srcset('png') },
  ],
  thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
  placeholder: 'data:image/webp;base64,UklGRhYAAABXRUJQVlA4TAkAAAAvAAAAAIiI/gcA',
};

const sizes = 'sizes="auto, (max-width: 45rem) 100vw, 45rem"';
const source = (format: string) => `<source type="image/${format}" srcset="${srcset(format)}" ${sizes}>`;
const size = 'width="640" height="480" loading="lazy" decoding="async"';
const preview =
  'data-thumbhash="1QcSHQRnh493V4dIh4eXh1h4kJUI" style="background:center/cover no-repeat url(data:image/webp;base64,UklGRhYAAABXRUJQVlA4TAkAAAAvAAAAAIiI/gcA)"';
const pictureOf = (attributes: string) =>
  `<picture>${source('avif')}${source('webp')}<img src="masthead:media/model.png" srcset="${srcset('png')}" ${sizes} ${attributes} ${size} ${preview}></picture>`;
const picture = pictureOf('alt="A model"');

function html(markdown: string, overrides: Partial<MarkdownFigure> = {}): string {
  return renderMarkdown(markdown, new Map([[id, { ...figure, ...overrides }]]), 'a').html;
}

describe('an image with renditions', () => {
  test('a figure after the body is a picture element with all renditions', () => {
    expect(renderFigure(figure)).toBe(`<figure>${picture}</figure>`);
  });

  test.each([
    ['alone in its paragraph', `![x](media:${id})`, `<figure>${picture}</figure>`],
    ['within text', `See ![x](media:${id}).`, `<p>See ${picture}.</p>`],
    ['in reference style', `![x][m]\n\n[m]: media:${id}`, `<figure>${picture}</figure>`],
    ['in a list', `- ![x](media:${id})`, `<ul>\n<li>\n<figure>${picture}</figure>\n</li>\n</ul>`],
    ['in a quote', `> ![x](media:${id})`, `<blockquote>\n<figure>${picture}</figure>\n</blockquote>`],
    [
      'inside a link',
      `[![x](media:${id})](https://a.example)`,
      `<figure><a href="https://a.example">${picture}</a></figure>`,
    ],
    [
      'inside a reference-style link',
      `[![x][m]][a]\n\n[m]: media:${id}\n[a]: https://a.example`,
      `<figure><a href="https://a.example">${picture}</a></figure>`,
    ],
    [
      'inside a link with text',
      `[See ![x](media:${id})](https://a.example)`,
      `<p><a href="https://a.example">See ${picture}</a></p>`,
    ],
    ['that appears twice', `![x](media:${id})![x](media:${id})`, `<p>${picture}${picture}</p>`],
  ])('an image %s is a picture element with all renditions', (_where, markdown, expected) => {
    expect(html(markdown).trim()).toBe(expected);
  });

  test('an image in a table cell or a footnote is a picture element with all renditions', () => {
    expect(html(`| a |\n|---|\n| ![x](media:${id}) |`)).toContain(`<td>${picture}</td>`);
    expect(html(`A[^1].\n\n[^1]: See ![x](media:${id})`)).toContain(`<p>See ${picture} <a`);
  });

  test('the Markdown title is the title attribute of an image within text and the caption of a figure', () => {
    const text = `See ![x](media:${id} "A title")`;
    expect(html(text)).toBe(`<p>See ${pictureOf('alt="A model" title="A title"')}</p>`);
    expect(html(`![x](media:${id} "A title")`)).toBe(
      `<figure>${picture}<figcaption>A title</figcaption></figure>`,
    );
  });

  test('hostile texts of an image are escaped', () => {
    const words = '"><script>alert(1)</script> onerror="alert(1)';
    const inside = words.replaceAll('"', '&#x22;');
    const text = words.replaceAll('<', '&#x3C;');
    const caption = `<figcaption>${text} <span class="credit">${text} (${text})</span></figcaption>`;
    const expected = `<figure>${pictureOf(`alt="${inside}"`)}${caption}</figure>`;
    const said = { caption: words, credit: { text: words, licence: words } };
    expect(renderFigure({ ...figure, ...said, alt: words })).toBe(expected);
    expect(html(`![x](media:${id})`, { ...said, alt: words })).toBe(expected);
    const alt = words.replaceAll('<', '\\<');
    expect(html(`![${alt}](media:${id})`, { ...said, alt: null })).toBe(expected);
  });
});

describe('the caption and the credit of images that share a paragraph', () => {
  const said = { caption: 'Works.', credit: { text: 'Ann', licence: 'CC0' } };
  const credited = 'Works. <span class="credit">Ann (CC0)</span>';
  const whole = `<figure>${picture}<figcaption>${credited}</figcaption></figure>`;
  const caption = `<div class="caption">${credited}</div>`;

  test.each([
    ['a line break', `![x](media:${id})\n![x](media:${id})`],
    ['a space', `![x](media:${id}) ![x](media:${id})`],
    ['nothing', `![x](media:${id})![x](media:${id})`],
    ['a hard line break', `![x](media:${id})  \n![x](media:${id})`],
  ])('images with %s between them become figures of their own', (_between, markdown) => {
    expect(html(markdown, said)).toBe(`${whole}\n${whole}`);
  });

  test('images in links and of other sites become blocks of their own beside a figure', () => {
    const link = `[![x](media:${id})](https://a.example)`;
    expect(html(`${link} ![y](https://a.example/b.png)`, said)).toBe(
      `<figure><a href="https://a.example">${picture}</a><figcaption>${credited}</figcaption></figure>\n<p><img src="https://a.example/b.png" alt="y" loading="lazy" decoding="async"></p>`,
    );
  });

  test.each([
    ['text', `Before ![x](media:${id}) after.`, `<p>Before ${picture} after.</p>\n${caption}`],
    ['a heading', `# A ![x](media:${id})`, `<h2>A ${picture}</h2>\n${caption}`],
    ['emphasis', `*A ![x](media:${id})*`, `<p><em>A ${picture}</em></p>\n${caption}`],
    ['a list', `- A ![x](media:${id})`, `<ul>\n<li>A ${picture}\n${caption}\n</li>\n</ul>`],
    ['text, twice', `A ![x](media:${id}) ![x](media:${id})`, `<p>A ${picture} ${picture}</p>\n${caption}`],
  ])('they follow the block of an image within %s', (_where, markdown, expected) => {
    expect(html(markdown, said)).toBe(expected);
  });

  test('they follow the table of an image in a cell', () => {
    expect(html(`| a |\n|---|\n| ![x](media:${id}) |`, said)).toMatch(
      /<\/table>\n<div class="caption">Works\./,
    );
  });
});

describe('an image with fewer renditions or no preview', () => {
  const bare = `<img src="masthead:media/model.png" alt="A model" ${size}>`;

  test('an image without renditions is a plain img element', () => {
    const drawing = { sources: [], thumbhash: null, placeholder: null };
    expect(html(`![x](media:${id})`, drawing)).toBe(`<figure>${bare}</figure>`);
    expect(html(`![x](media:${id})`, { ...drawing, placeholder: figure.placeholder })).toContain(' style="');
  });

  test('an image without a placeholder has no style, and without a thumbhash no data attribute', () => {
    expect(html(`![x](media:${id})`, { placeholder: null })).not.toContain('style');
    expect(html(`![x](media:${id})`, { thumbhash: null })).not.toContain('data-');
  });

  test('an animated image is a picture element with its animated renditions and the original', () => {
    const moving = { sources: figure.sources.slice(1, 2), thumbhash: null, placeholder: null };
    expect(html(`![x](media:${id})`, moving)).toBe(
      `<figure><picture>${source('webp')}${bare}</picture></figure>`,
    );
  });
});

describe('image attributes that only the library may set', () => {
  const attributes = [
    `srcset="${srcset('png')}"`,
    'srcset="https://evil.example/x.png 640w"',
    'sizes="100vw"',
    preview,
    'style="position:fixed"',
    'data-thumbhash="AAAA"',
  ];

  test.each(attributes)('raw HTML cannot set %s', (attribute) => {
    for (const markdown of [
      `<picture><source ${attribute} type="image/avif"><img src="https://a.example/b.png" ${attribute}></picture>`,
      `<p ${attribute}>a</p>`,
      `Words <img src="https://a.example/b.png" ${attribute}> and words`,
      `![a](media:${id}){${attribute}}`,
    ]) {
      expect(html(markdown, { sources: [], thumbhash: null, placeholder: null })).not.toMatch(
        /<(picture|source)|<[^>]*(srcset|sizes|style|thumbhash)/,
      );
    }
  });

  test('the texts of an image from another site cannot set them', () => {
    for (const words of ['" srcset="https://evil.example/x.png 1w', `x" ${preview} y="`]) {
      expect(html(`![${words}](https://a.example/b.png '${words}')`)).toMatch(
        /^<p><img src="https:\/\/a\.example\/b\.png" alt="[^"]*" title="[^"]*" loading="lazy" decoding="async"><\/p>$/,
      );
    }
  });

  const shown = (tagName: string, properties: Record<string, string>) =>
    toSafeHtml({
      type: 'root',
      children: [
        {
          ...{ type: 'element', tagName: 'picture', properties: { style: 'color:red' } },
          children: [{ type: 'element', tagName, properties, children: [] }],
        },
      ],
    });

  test.each([
    ['style', 'background:center/cover no-repeat url(https://evil.example/x)'],
    ['style', 'background:center/cover no-repeat url(data:image/svg+xml;base64,PHN2Zy8+)'],
    ['style', 'background:center/cover no-repeat url(data:image/webp;base64,AA==);position:fixed'],
    ['style', 'background:center/cover no-repeat url(data:image/webp;base64,AA==)\n;position:fixed'],
    ['style', 'x;background:center/cover no-repeat url(data:image/webp;base64,AA==)'],
    ['style', 'background:center/cover no-repeat url(data:image/webp;base64,A),url(//evil.example)'],
    ['srcSet', 'https://evil.example/x.png 640w'],
    ['srcSet', 'masthead:media/a.png 1w, https://evil.example/x.png 640w'],
    ['srcSet', 'masthead:media/../x.png 640w'],
    ['srcSet', 'masthead:media/a.png'],
    ['srcSet', 'javascript:alert(1) 1w'],
    ['sizes', '100vw'],
    ['type', 'text/html'],
    ['dataThumbhash', 'a b'],
    ['dataThumbhash', '"><script>'],
    ['dataOther', 'AAAA'],
    ['media', 'print'],
  ])('the sanitizer removes %s=%j', (name, value) => {
    expect(shown('img', { [name]: value })).toBe('<picture><img></picture>');
    expect(shown('source', { [name]: value })).toBe('<picture><source></picture>');
  });

  test('the sanitizer keeps them only on the elements that use them', () => {
    const properties = {
      ...{ srcSet: srcset('png'), sizes: 'auto, (max-width: 45rem) 100vw, 45rem', dataThumbhash: 'AAAA' },
      style: `background:center/cover no-repeat url(${figure.placeholder})`,
    };
    expect(shown('img', properties)).toMatch(/srcset.*sizes.*thumbhash.*style/);
    for (const name of ['p', 'a', 'span', 'figure', 'section', 'picture']) {
      expect(shown(name, properties)).toBe(`<picture><${name}></${name}></picture>`);
    }
    expect(shown('source', properties)).not.toMatch(/thumbhash|style/);
    const alone: Element = { type: 'element', tagName: 'source', properties, children: [] };
    expect(toSafeHtml({ type: 'root', children: [alone] })).toBe('');
  });
});
