import { describe, expect, test } from 'vitest';
import { findLosses } from '../../src/markdown/losses.ts';
import { toPlainText } from '../../src/markdown/plain-text.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const html = (markdown: string) => renderMarkdown(markdown, new Map(), 'a').html;
const inline = (source: string) => `<code class="language-math math-inline">${source}</code>`;
const block = (source: string) => `<pre><code class="language-math math-display">${source}</code></pre>`;

describe('a formula', () => {
  test.each([
    ['$\\int x\\,p(x)\\,dx$', '\\int x\\,p(x)\\,dx'],
    ['$x*y*z$', 'x*y*z'],
    ['$a_i b_i$', 'a_i b_i'],
    ['$\\{1, 2\\}$', '\\{1, 2\\}'],
    ['$a<b>c$', 'a&#x3C;b>c'],
    ['\\(x_1 + y_1\\)', 'x_1 + y_1'],
    ['\\(\\text{if it is so}\\)', '\\text{if it is so}'],
    ['\\(a \\\\ b\\)', 'a \\\\ b'],
    ['$[a](b)$', '[a](b)'],
  ])('%j within a line is kept as it was written', (markdown, source) => {
    expect(html(`See ${markdown}.`)).toBe(`<p>See ${inline(source)}.</p>`);
    expect(toPlainText(`See ${markdown}.`)).toContain(source.replaceAll('&#x3C;', '<'));
    expect(findLosses(markdown)).toEqual([]);
  });

  test.each([
    ['$$\na_i * b_i * c\n- d\n\n\\{e\\}\n$$', 'a_i * b_i * c\n- d\n\n\\{e\\}'],
    ['$$x^2$$', 'x^2'],
    ['$$ a\n= b $$', 'a\n= b'],
    ['$$\na = b $$', 'a = b'],
    ['\\[ a \\]', 'a'],
    ['\\[\n\\sum_i x_i\n\\]', '\\sum_i x_i'],
    ['\\[E=mc^2\\]', 'E=mc^2'],
  ])('%j in a paragraph of its own is a block', (markdown, source) => {
    expect(html(`${markdown}\n\nMore *text*`)).toBe(`${block(source)}\n<p>More <em>text</em></p>`);
    expect(toPlainText(markdown)).toBe(source);
  });

  test('a formula in a quote, a list, a table and a heading is kept', () => {
    expect(html('> $$\n> x_1\n> $$')).toContain(block('x_1'));
    expect(html('- a\n\n  $$\n  x_1\n  $$')).toContain(block('x_1'));
    expect(html('| $a\\|b$ |\n|---|\n| \\(c_1 d_1\\) |')).toContain(`<th>${inline('a|b')}</th>`);
    expect(html('# The $n_1*m*$th')).toBe(`<h2>The ${inline('n_1*m*')}th</h2>`);
  });

  test('a formula after a byte order mark is kept', () => {
    expect(html('\uFEFF$$x_1$$')).toBe(block('x_1'));
  });

  test('an unclosed fence of dollars does not swallow the rest of the text', () => {
    expect(html('$$\na\n\n**b**')).toBe('<p>$$\na</p>\n<p><strong>b</strong></p>');
  });
});

describe('what is no formula', () => {
  test.each([
    '$5 and $7',
    'US$5 to US$7',
    '$5, not US$ or A$.',
    '$1.5bn in fees, and in C$',
    '5$, 10$ or 20$',
    '$5/$7, $5-$7, ($5)($7)',
    '$HOME/$USER:$PATH',
    `\${HOME}/\${USER}`,
    '$AAPL, ($MSFT)',
    'a $ and a $',
    '\\$5 and \\$7',
    'about $100',
    '$$',
  ])('the dollars in %j stay text', (markdown) => {
    expect(html(markdown)).toBe(`<p>${markdown.replaceAll('\\', '')}</p>`);
  });

  test.each([
    '\\[1\\] Smith',
    '\\[sic\\]',
    '\\[ \\] to do',
    '\\[see [a](https://a.example)\\]',
    '\\(as said before\\)',
    '\\(',
    '\\[ a',
  ])('the escaped brackets in %j stay text', (markdown) => {
    expect(html(markdown)).not.toContain('math');
    expect(html(markdown)).not.toContain('\\');
  });

  test('bold amounts stay bold, and dollars in code stay code', () => {
    expect(html('**$5** and **$7**')).toBe('<p><strong>$5</strong> and <strong>$7</strong></p>');
    expect(html('$7 and `$A/$B`')).toBe('<p>$7 and <code>$A/$B</code></p>');
  });
});
