import { describe, expect, test } from 'vitest';
import { countMarkdownWords } from '../../src/markdown/count-words.ts';
import { findLosses } from '../../src/markdown/losses.ts';
import { toPlainText } from '../../src/markdown/plain-text.ts';
import { findMediaImages, findMediaLinks } from '../../src/markdown/references.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a').html;
const leftOut = (markdown: string) =>
  findLosses(markdown)
    .filter(({ code }) => code === 'markup_left_out')
    .map(({ message }) => message.replace('has markup that is left out: ', ''));

describe('HTML with an equivalent in Markdown', () => {
  test.each([
    ['<p>All of the text</p>', '<p>All of the text</p>'],
    [
      '<p>One</p>\n<p>Two <b>b</b> <i>i</i> <s>s</s></p>',
      '<p>One</p>\n<p>Two <strong>b</strong> <em>i</em> <del>s</del></p>',
    ],
    ['<blockquote>A quote</blockquote>', '<blockquote>\n<p>A quote</p>\n</blockquote>'],
    ['<ul><li>a</li><li>b</li></ul>', '<ul>\n<li>a</li>\n<li>b</li>\n</ul>'],
    ['<h2>Heading</h2>', '<h2>Heading</h2>'],
    [
      '<pre><code class="language-js">x &lt; y\n</code></pre>',
      '<pre><code class="language-js">x &#x3C; y\n</code></pre>',
    ],
    ['A <a href="https://a.example">link</a>', '<p>A <a href="https://a.example">link</a></p>'],
    ['A <b>bold *and* </b> word', '<p>A <strong>bold <em>and</em> </strong> word</p>'],
    ['Some <code>a*b*</code>', '<p>Some <code>ab</code></p>'],
    [
      '- <b>x</b>\n\n> <i>y</i>',
      '<ul>\n<li><strong>x</strong></li>\n</ul>\n<blockquote>\n<p><em>y</em></p>\n</blockquote>',
    ],
    [
      '<img src="https://a.example/b.png" alt="x" onerror="x">',
      '<p><img src="https://a.example/b.png" alt="x" loading="lazy" decoding="async"></p>',
    ],
    [
      '<table><tr><th>a</th></tr><tr><td>1<br>2</td></tr></table>',
      '<table>\n<thead>\n<tr>\n<th>a</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>1<br>\n2</td>\n</tr>\n</tbody>\n</table>',
    ],
    [
      '<iframe src="https://a.example/v" title="A talk"></iframe>',
      '<p><a href="https://a.example/v">A talk</a></p>',
    ],
    [
      '<video src="https://a.example/v.mp4"></video>',
      '<p><a href="https://a.example/v.mp4">https://a.example/v.mp4</a></p>',
    ],
    [
      'A <video src="https://a.example/v.mp4">talk</video>',
      '<p>A <a href="https://a.example/v.mp4">talk</a></p>',
    ],
  ])('%j is rendered as its equivalent, without a warning', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
    expect(leftOut(markdown)).toEqual([]);
  });

  test.each([
    ['Line<br>Line', '<p>Line<br>\nLine</p>'],
    ['Line<br/>\nLine', '<p>Line<br>\n\nLine</p>'],
    ['x<sup>2</sup>', '<p>x<sup>2</sup></p>'],
    ['H<sub>2</sub>O', '<p>H<sub>2</sub>O</p>'],
    ['<kbd>Ctrl</kbd>+<kbd>C</kbd>', '<p><kbd>Ctrl</kbd>+<kbd>C</kbd></p>'],
    ['a <mark>marked **word**</mark>', '<p>a <mark>marked <strong>word</strong></mark></p>'],
    ['<p>x<sup>2</sup> <kbd>C</kbd></p>', '<p>x<sup>2</sup> <kbd>C</kbd></p>'],
    ['## x<sup>2</sup>', '<h2>x<sup>2</sup></h2>'],
  ])('%j keeps its element, without a warning', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
    expect(leftOut(markdown)).toEqual([]);
  });

  test('a line break in a cell of a table stays', () => {
    expect(html('| a |\n|---|\n| one<br>two |')).toContain('<td>one<br>\ntwo</td>');
  });

  test('media files, words and plain text in HTML are found', () => {
    const text = '<p>Two words <img src="media:x"></p>\n\nA <a href="media:y">third</a>';
    expect(findMediaImages(text)).toMatchObject([{ address: 'media:x' }]);
    expect(findMediaLinks(text)).toMatchObject([{ address: 'media:y' }]);
    expect(countMarkdownWords(text, 'en')).toBe(4);
    expect(toPlainText('<p>One</p><p>Two</p>')).toBe('One\nTwo');
  });
});

describe('HTML without an equivalent in Markdown', () => {
  test.each([
    ['<aside>Callout</aside>', '<p>Callout</p>', '<aside>', 1],
    [
      'One\n\n<div align="center">\n\n**Two**\n\n</div>',
      '<p>One</p>\n<p><strong>Two</strong></p>',
      '<div>',
      3,
    ],
    ['a <span class="x">b</span> c', '<p>a b c</p>', '<span>', 1],
    ['a <u>b</u> <ins>c</ins>', '<p>a <em>b</em> c</p>', '<ins>', 1],
    ['Text<div>More</div>end', '<p>Text<br>\nMore<br>\nend</p>', '<div>', 1],
    ['<table><caption>Cap</caption><tr><td>x</td></tr></table>', 'Cap', '<caption>', 1],
    ['<select><option>One</option><option>Two</option></select>', 'Two', '<select>', 1],
    ['a <b class="x">without an end', '<p>a without an end</p>', '<b>', 1],
    ['<ruby>漢<rt>kan</rt></ruby>', '<p>漢kan</p>', '<rt>', 1],
    ['<a id="x"></a>\n\nText', '<p>Text</p>', '<a>', 1],
    ['<dialog>Hidden</dialog>', '<p>Hidden</p>', '<dialog>', 1],
    ['<p data-mdast="ignore">Kept</p><center>x</center>', 'Kept', '<center>', 1],
    ['<math><mi>x</mi></math>', '<p>x</p>', '<math>', 1],
  ])(
    'the text of %j is kept, and the warning names the markup and its line',
    (markdown, expected, name, line) => {
      expect(html(markdown)).toContain(expected);
      expect(leftOut(markdown)[0]).toContain(`${name} (its text is kept) on line ${line}`);
    },
  );

  test.each([
    ['<details><summary>Sum</summary>Body</details>', '<p>Sum</p>\n<p>Body</p>'],
    ['<details>\n<summary>Sum</summary>\n\n- Body\n\n</details>', '<p>Sum</p>\n<ul>\n<li>Body</li>\n</ul>'],
  ])('%j keeps the summary and the body', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
    expect(leftOut(markdown)[0]).toMatch(/<details> .*kept.*, <summary> .*kept/);
  });

  test.each([
    ['a <!-- note --> b', 'a comment'],
    ['<!-- a\nnote -->', 'a comment'],
    ['<script>alert(1)</script>', '<script>'],
    ['a <script>alert(1)</script> b', '<script>'],
    ['<style>p { color: red }</style>', '<style>'],
    ['<svg><text>words</text></svg>', '<svg>'],
    ['a <svg><text>words</text></svg> b', '<svg>'],
    ['<?php echo 1 ?>', 'a comment'],
  ])('the warning says that the content of %j is lost', (markdown, name) => {
    expect(html(markdown)).not.toMatch(/note|alert|words|color|echo/);
    expect(leftOut(markdown)).toEqual([`${name} (its content is lost) on line 1`]);
  });

  test('one warning lists every piece of markup with its line, at most 20 of them', () => {
    expect(leftOut('<aside>a</aside>\n\n<!-- b -->\n\nc <span>d</span>')).toEqual([
      '<aside> (its text is kept) on line 1, a comment (its content is lost) on line 3, <span> (its text is kept) on line 5',
    ]);
    expect(leftOut('<aside>a</aside>\n\n'.repeat(30))[0]).toMatch(/on line 39, and 10 more$/);
  });
});

describe('angle brackets that are no HTML', () => {
  test.each([
    'Use Set<T> and Dict<Key, Value> if a<b and c>d.',
    'array<T>[]',
    'vector<std::string>',
    'Map<String, List<Item>> and Vec<u8>',
    '<T> at the start',
    'a <b without an end',
    '<custom-element>x</custom-element>',
    '<p>if a<b and c>d, Set<T></p>',
    '<p>Map<String,List<Item>>, if a<b<c and d>e</p>',
    '</T>',
    'an end without a start</b>',
  ])('%j is shown as it was written', (markdown) => {
    const shown = html(markdown).replaceAll('&#x3C;', '<').replaceAll('<p>', '').replaceAll('</p>', '');
    expect(shown).toBe(markdown.replaceAll('<p>', '').replaceAll('</p>', ''));
    expect(findLosses(markdown)).toEqual([]);
  });

  test.each(['<svg><path d="M0"/></svg>', '<math><mi>x</mi></math>', '<SVG/>', '<svg>', '<math>'])(
    'are shown beside %s, too',
    (element) => {
      for (const text of [`if a<b and c>d, Set<T> ${element}`, `${element}</p><p>if a<b and c>d, Set<T>`]) {
        expect(html(`<p>${text}</p>`)).toContain('if a&#x3C;b and c>d, Set&#x3C;T>');
        expect(html(`<p>${text}</p>`)).not.toMatch(/path|mi/);
      }
    },
  );
});
