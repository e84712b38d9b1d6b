import { describe, expect, test } from 'vitest';
import { findLosses } from '../../src/markdown/losses.ts';
import { findMediaImages } from '../../src/markdown/references.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a').html;
const messages = (markdown: string) => findLosses(markdown).map(({ message }) => message);

const blocks = [
  ['<p>b</p>', '<p>b</p>'],
  ['<ul><li>b</li></ul>', '<ul>\n<li>b</li>\n</ul>'],
  ['<ol><li>b</li></ol>', '<ol>\n<li>b</li>\n</ol>'],
  ['<h1>b</h1>', '<h2>b</h2>'],
  ['<blockquote><p>b</p></blockquote>', '<blockquote>\n<p>b</p>\n</blockquote>'],
  ['<pre>b</pre>', '<pre><code>b\n</code></pre>'],
  ['<dl><dt>b</dt></dl>', '<ul>\n<li>b</li>\n</ul>'],
  [
    '<table><tr><td>b</td></tr></table>',
    '<table>\n<thead>\n<tr>\n<th></th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>b</td>\n</tr>\n</tbody>\n</table>',
  ],
] as const;

describe('a document that was pasted into a line of text', () => {
  test.each(blocks)('%s stays a block within text', (block, expected) => {
    expect(html(`one ${block} two`)).toBe(`<p>one</p>\n${expected}\n<p>two</p>`);
    expect(messages(`one ${block} two`)).toEqual([]);
  });

  test.each(blocks)('%s stays a block within the <b> that Google Docs adds', (block, expected) => {
    const pasted = `<b style="font-weight:normal;" id="docs-internal-guid-1">${block}<p>two</p></b>`;
    expect(html(pasted)).toBe(`${expected}\n<p>two</p>`);
    expect(messages(pasted)).toEqual([]);
  });

  test.each(blocks)('%s stays a block in a list, a quote and a footnote', (block, expected) => {
    expect(html(`- one ${block}`)).toContain(expected);
    expect(html(`> one ${block}`)).toContain(expected);
    expect(html(`one[^1]\n\n[^1]: two ${block} three`)).toContain(expected);
  });

  test.each(blocks)('emphasis around %s is left out, and the warning names it', (block, expected) => {
    for (const [pasted, line] of [
      [`<em>${block}</em>`, 1],
      [`<div>\n<em>${block}</em></div>`, 2],
    ] as const) {
      expect(html(pasted)).toBe(expected);
      expect(messages(pasted)[0]).toContain(`<em> (its text is kept) on line ${line}`);
    }
  });

  test('keeps the Markdown between its tags', () => {
    const pasted =
      'a `c` $x<y$ 1 &lt; 2  \nb <ul><li>**b** [l](https://a.example) ![i](https://a.example/i.png)</li></ul>';
    expect(html(pasted)).toBe(
      '<p>a <code>c</code> <code class="language-math math-inline">x&#x3C;y</code> 1 &#x3C; 2<br>\nb</p>\n<ul>\n' +
        '<li><strong>b</strong> <a href="https://a.example">l</a> <img src="https://a.example/i.png" alt="i" loading="lazy" decoding="async"></li>\n</ul>',
    );
  });

  test('shows the images of the library between its tags', () => {
    expect(findMediaImages('One <p>![m](media:m)</p>')).toMatchObject([{ address: 'media:m' }]);
  });

  test('shows the text of Markdown where HTML has text only', () => {
    expect(html('a <pre>x **b** `c`</pre>')).toContain('<pre><code>x b c\n</code></pre>');
    expect(html('a <p>x</p> <textarea>**b**</textarea>')).toContain('b');
  });

  test('keeps the lines of what it leaves out', () => {
    expect(messages('one\ntwo <ul><li>a</li></ul>\n<span>b</span>')).toEqual([
      'has markup that is left out: <span> (its text is kept) on line 3',
    ]);
  });

  test('shows what is no tag', () => {
    expect(html('a <p>List<T></p> a<b and c>d')).toBe(
      '<p>a</p>\n<p>List&#x3C;T></p>\n<p>a&#x3C;b and c>d</p>',
    );
  });
});

test.each([
  ['<h2><p>Title</p></h2>', '<h2>Title</h2>'],
  ['<details><summary><h3>Title</h3></summary>Body</details>', '<h2>Title</h2>\n<p>Body</p>'],
  ['<h2><ul><li>Item</li></ul></h2>', '<ul>\n<li>Item</li>\n</ul>'],
  ['<blockquote>a<i><p>b</p></i></blockquote>', '<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>'],
])('the blocks of %s are not within a paragraph or heading', (markdown, expected) => {
  expect(html(markdown)).toBe(expected);
});

describe('embedded media', () => {
  const link = '<a href="https://a.example/m">https://a.example/m</a>';
  const media = ['audio', 'video'].flatMap((name) => [
    `<${name} src="https://a.example/m"></${name}>`,
    `<${name}><source src="https://a.example/m"></${name}>`,
    `<${name} src="https://a.example/m">Too old: <a href="https://b.example">update</a></${name}>`,
    `<${name}><source src="https://a.example/m"><p>Too old</p></${name}>`,
  ]);
  test.each(media)('%s is a link wherever it stands', (element) => {
    for (const text of [
      element,
      `One ${element} two`,
      `<div>${element}</div>`,
      `- ${element}`,
      `# One ${element}`,
    ]) {
      expect(html(text)).toContain(text.startsWith('#') ? '<a href="https://a.example/m">' : link);
      if (element.includes('Too old')) expect(html(text)).toContain('Too old');
      expect(html(text)).not.toMatch(/<a [^>]*>(?:(?!<\/a>).)*<a /s);
    }
  });

  test.each(['<audio></audio>', '<video data-src="https://a.example/m"></video>', '<iframe></iframe>'])(
    '%s has no address, so the warning says that it is lost',
    (element) => {
      expect(messages(element)[0]).toMatch(/<\w+> \(its content is lost\) on line 1/);
      expect(messages(`One ${element}`)[0]).toMatch(/<\w+> \(its content is lost\) on line 1/);
    },
  );

  test('fallback text is shown without a link where there is no address', () => {
    expect(html('One <video>Fallback</video>')).toBe('<p>One Fallback</p>');
    expect(messages('One <video>Fallback</video>')[0]).toContain('<video> (its text is kept)');
  });

  test('media without an end tag are a link, too', () => {
    expect(html('One <video src="https://a.example/m"> two')).toBe(`<p>One ${link} two</p>`);
  });
});

test.each(['table', 'ul', 'h2', 'pre', 'blockquote'])(
  'a <%s> without an end within a line is reported, as the text may be about it',
  (name) => {
    expect(messages(`Use <${name}> here`)).toEqual([
      `has markup that is left out: <${name}> (its text is kept) on line 1`,
    ]);
  },
);

test('the elements of Microsoft Word are left out, and their text is kept', () => {
  const pasted =
    '<p class="MsoNormal"><b>Title<o:p></o:p></b></p><p><w:sdt>Text</w:sdt> std::vector<std::string></p>';
  expect(html(pasted)).toBe('<p><strong>Title</strong></p>\n<p>Text std::vector&#x3C;std::string></p>');
  expect(messages(pasted)[0]).toContain('<o:p> (its text is kept) on line 1, <w:sdt>');
});
