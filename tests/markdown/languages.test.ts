import { describe, expect, test } from 'vitest';
import { isRightToLeft, withDirection } from '../../src/markdown/direction.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const html = (markdown: string, language = 'en', headingLevel: 2 | 3 | 4 = 4) =>
  renderMarkdown(markdown, new Map(), 'a', new Map(), { headingLevel, language }).html;

test.each([
  ['售价8~9元，共30~40件。', '售价8~9元，共30~40件。'],
  ['Open 2~4 pm, and 9~11 am.', 'Open 2~4 pm, and 9~11 am.'],
  ['H~2~O', 'H~2~O'],
  ['~~gone~~', '<del>gone</del>'],
  ['~~“引用”~~的字', '<del>“引用”</del>的字'],
])('only two tildes strike out: %j', (markdown, expected) => {
  expect(html(markdown)).toBe(`<p>${expected}</p>`);
});

test.each([
  ['これは**「大事」**です。', 'これは<strong>「大事」</strong>です。'],
  ['**「重要」**です', '<strong>「重要」</strong>です'],
  ['**문서(Document)**를', '<strong>문서(Document)</strong>를'],
  ['请读**《手册》**一章。', '请读<strong>《手册》</strong>一章。'],
  ['**Hello!**你好', '<strong>Hello!</strong>你好'],
  ['**テスト（test）**です', '<strong>テスト（test）</strong>です'],
  ['**“引用”**的字', '<strong>“引用”</strong>的字'],
  ['*「大事」*です', '<em>「大事」</em>です'],
  ['This is **bold** text.', 'This is <strong>bold</strong> text.'],
  ['a**“b”**c', 'a**“b”**c'],
])('punctuation beside a CJK character does not keep emphasis from working: %j', (markdown, expected) => {
  expect(html(markdown)).toBe(`<p>${expected}</p>`);
});

describe('headings', () => {
  test.each([
    [2, '# A\n\n## B', '<h2>A</h2>\n<h3>B</h3>'],
    [2, '## A\n\n### B', '<h2>A</h2>\n<h3>B</h3>'],
    [3, '# A', '<h3>A</h3>'],
    [4, '# A\n\n## B\n\n#### C', '<h4>A</h4>\n<h5>B</h5>\n<h6>C</h6>'],
    [4, '### A\n\n# B', '<h6>A</h6>\n<h4>B</h4>'],
    [4, 'A\n=\n\n> ## B', '<h4>A</h4>\n<blockquote>\n<h5>B</h5>\n</blockquote>'],
    [4, '<h1>A</h1>', '<h4>A</h4>'],
  ] as const)('start at level %i: %j', (level, markdown, expected) => {
    expect(html(markdown, 'en', level)).toBe(expected);
  });

  test('the heading of footnotes has the same level', () => {
    expect(html('A[^1]\n\n[^1]: B')).toContain('<h4 class="sr-only" id="a-footnote-label">Footnotes</h4>');
  });
});

describe('the words that footnotes and callouts add', () => {
  const text = 'Satz.[^1] Noch einer.[^1]\n\n> [!WARNING]\n> Obacht.\n\n[^1]: Beleg.';

  test.each([
    ['en-AU', 'Footnotes', 'Back to reference 1', 'Warning'],
    ['de', 'Fußnoten', 'Zurück zu Verweis 1', 'Warnung'],
    ['fr-CA', 'Notes de bas de page', 'Retour à la référence 1', 'Avertissement'],
    ['zh-Hant-TW', '脚注', '返回引用 1', '警告'],
  ])('are in the language %s', (language, heading, back, label) => {
    const rendered = html(text, language);
    expect(rendered).toContain(`>${heading}</h4>`);
    expect(rendered).toContain(`aria-label="${back}"`);
    expect(rendered).toContain(`aria-label="${back}-2"`);
    expect(rendered).toContain(`<p class="callout-title"><strong>${label}</strong></p>`);
    expect(rendered).not.toContain('lang=');
  });

  test('are marked as English where they are not known in the language', () => {
    const rendered = html(text, 'cy');
    expect(rendered).toMatch(/<h4 [^>]*lang="en"[^>]*>Footnotes</);
    expect(rendered.match(/<a [^>]*lang="en"[^>]*>↩/g)).toHaveLength(2);
    expect(rendered).toContain('<p class="callout-title" lang="en"><strong>Warning</strong></p>');
  });
});

describe('a callout', () => {
  const callout = (name: string, label: string, body: string) =>
    `<blockquote class="callout callout-${name}">\n<p class="callout-title"><strong>${label}</strong></p>\n${body}\n</blockquote>`;

  test.each([
    ['> [!NOTE]\n> Text', callout('note', 'Note', '<p>Text</p>')],
    ['> [!tip]\n>\n> - a', callout('tip', 'Tip', '<ul>\n<li>a</li>\n</ul>')],
    ['> [!Important]-  \n> *a*', callout('important', 'Important', '<p><em>a</em></p>')],
    ['- > [!CAUTION]\n  > a', `<ul>\n<li>\n${callout('caution', 'Caution', '<p>a</p>')}\n</li>\n</ul>`],
  ])('%j gets its label', (markdown, expected) => {
    expect(html(markdown)).toBe(expected);
  });

  test.each(['> [!NOTE]', '> [!OTHER]\n> a', '> a\n> [!NOTE]\n> b', '> [!NOTE] a\n> b', '[!NOTE]\na'])(
    '%j is none, and stays as it was written',
    (markdown) => {
      expect(html(markdown)).not.toContain('callout');
      expect(html(markdown)).toContain('[!');
    },
  );
});

describe('direction', () => {
  test.each(['ar', 'fa', 'ur', 'he', 'ckb', 'sd', 'ug', 'yi', 'dv', 'az-Arab', 'pa-PK'])(
    '%s is written from right to left',
    (language) => {
      expect(isRightToLeft(language)).toBe(true);
      expect(withDirection('<p>a</p>', language)).toBe('<div dir="rtl"><p>a</p></div>');
      expect(withDirection('', language)).toBe('');
    },
  );

  test.each(['en', 'de', 'ja', 'az', 'tr', 'el', 'ru'])('%s is written from left to right', (language) => {
    expect(withDirection('<p>a</p>', language)).toBe('<p>a</p>');
  });

  test('code and formulas stay left to right in a text from right to left', () => {
    expect(html('`a` $b$\n\n    c', 'ar')).toBe(
      '<p><code dir="ltr">a</code> <code class="language-math math-inline" dir="ltr">b</code></p>\n<pre dir="ltr"><code dir="ltr">c\n</code></pre>',
    );
    expect(html('`a`', 'en')).toBe('<p><code>a</code></p>');
  });
});
