import { describe, expect, test } from 'vitest';
import { writeRecords } from '../../src/bibliography/write-records.ts';
import { readItems } from './read-file.ts';

function write(title: string): string {
  const text = writeRecords([{ type: 'book', 'citation-key': 'k', title, abstract: title }], 'bibtex');
  return /abstract = \{(.*)\},$/m.exec(text)?.[1] ?? '';
}

describe('dollar signs in BibTeX', () => {
  test.each([
    ['A $3 board against a $9 one: 50% off', 'A \\$3 board against a \\$9 one: 50\\% off'],
    ['From $2 to $4, see #1 and #2.', 'From \\$2 to \\$4, see \\#1 and \\#2.'],
    ['Only $5 here', 'Only \\$5 here'],
    ['US$5-$7', 'US\\$5-\\$7'],
    ['$5 and$6', '\\$5 and\\$6'],
    ['$ 5 $', '\\$ 5 \\$'],
    ['In $ and in US$', 'In \\$ and in US\\$'],
    ['Rates of $5% and more$', 'Rates of \\$5\\% and more\\$'],
  ])('amounts of money are escaped: %s', (text, latex) => {
    expect(write(text)).toBe(latex);
  });

  test.each([
    ['Sorting in $\\mathcal{O}(n \\log n)$ steps', '$\\mathcal{O}(n \\log n)$'],
    ['Proving $O(n^2)$ bounds', '$O(n^2)$'],
    ['$x$-ray at $5 and $y$', '$x$'],
    ['Both $a$$b$', '$b$'],
    ['A set $\\{a, b\\}$ here', '$\\{a, b\\}$'],
    ['Displayed $$x^{-1}$$ here', '$$x^{-1}$$'],
    ['At $5\\%$ noise', '$5\\%$'],
  ])('mathematics stays mathematics: %s', (text, math) => {
    expect(write(text)).toContain(`{{${math}}}`);
    expect(write(text)).not.toContain('textbackslash');
  });

  test.each([
    'A $3 board against a $9 one: 50% off',
    'Sorting in $\\mathcal{O}(n \\log n)$ steps',
    'Proving $O(n^2)$ bounds for $5 and $x_{i}$',
    'Unbalanced $\\{x$ and $a} {b$',
    'Prices $5 and $$ and $7, $a$$b$',
  ])('the text %s is read back unchanged', (title) => {
    const item = { type: 'book' as const, 'citation-key': 'k', title, abstract: title };

    expect(readItems(writeRecords([item], 'bibtex'), 'bibtex')).toEqual([item]);
  });

  test.each([
    ['$O(n\\log n)$', 'O(n log n)'],
    ['$O(n \\log n)$', 'O(n log n)'],
    ['$O(n\\log\\log n)$', 'O(n log log n)'],
    ['$2\\log_2n$', '2 log₂ n'],
    ['$\\log(n)\\exp x$', 'log(n) exp x'],
    ['$\\max\\{a, b\\}$', null],
    ['$n\\operatorname{polylog}n$', 'n polylog n'],
    ['$2\\pi r$', '2πr'],
  ])('names of functions in %s are set apart', (latex, text) => {
    expect(readItems(`@misc{k, title = {${latex}}}`, 'bibtex')[0]?.title).toBe(text ?? latex);
  });

  test.each([
    ['From $5 to $7', 'From $5 to $7'],
    ['From \\$5 to \\$7', 'From $5 to $7'],
    ['$5 and $10 of $x^2$', '$5 and $10 of x²'],
  ])('the title %s with amounts of money is read as %s', (latex, text) => {
    expect(readItems(`@misc{k, title = {${latex}}}`, 'bibtex')[0]?.title).toBe(text);
  });

  test.each([
    ['O(\\emph{n}\\({}^{\\mbox{2}}\\)) and {\\(\\alpha\\)}{-}Nets', 'O(n²) and α-Nets'],
    ['The ring \\( \\bar{x} \\) of x', 'The ring $\\bar{x}$ of x'],
    ['The sum \\[\\sqrt{x}\\] of \\[ \\beta \\]', 'The sum $$\\sqrt{x}$$ of β'],
    ['A \\(set\\) of \\(a\\), \\(b', 'A set of a, (b'],
    ['Not \\[closed\\) \\(x $5\\)', 'Not [closed) (x $5)'],
  ])('mathematics in brackets, as in %s, is read as %s', (latex, text) => {
    expect(readItems(`@misc{k, title = {${latex}}}`, 'bibtex')[0]?.title).toBe(text);
  });
});
