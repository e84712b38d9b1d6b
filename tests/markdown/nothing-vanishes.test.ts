import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findLosses, findTextFaults } from '../../src/markdown/losses.ts';
import { toPlainText } from '../../src/markdown/plain-text.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

/** What an editor may paste between words. */
const markup = [
  ...[
    '\n',
    '\n\n',
    ' ',
    '> ',
    '- ',
    '1. ',
    '# ',
    '    ',
    '\n---\n',
    '\n===\n',
    '\n\n|',
    '|\n|--|\n|',
    '|',
    '  \n',
    '- [ ] ',
  ],
  ...['*', '**', '_', '~', '~~', '`', '\n```\n', '$', '$$', '\n$$\n', '\\(', '\\)', '\\[ ', ' \\]', '\\'],
  ...[
    '[',
    ']',
    '](https://a.example)',
    ']()',
    '![',
    '](/b.png)',
    '[^1]',
    '\n\n[^1]: ',
    '\n\n[a]: ',
    '[a]',
    '<',
    '>',
    '&',
    '&lt;',
  ],
  ...[
    '<!--',
    '-->',
    '<T>',
    'List<',
    '<std::string>',
    '<a:b>',
    '> [!NOTE]\n> ',
    ':',
    '**「',
    '」**',
    '{',
    '}',
    '"',
    '<br>',
    '<hr>',
  ],
  ...'aside b blockquote button code details dialog div dl dt dd em figure figcaption font h1 iframe kbd label legend li mark marquee math menu noscript object ol option p pre q ruby rt s script section select small span strong style sub summary sup svg table caption tbody td textarea th title tr u ul var video xmp'
    .split(' ')
    .flatMap((name) => [`<${name}>`, `</${name}>`, `\n\n<${name}>`, `</${name}>\n\n`]),
];

const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constantFrom(...markup) },
);

/** Each null is a word of its own. */
const text = fc.array(piece, { minLength: 1, maxLength: 24 }).map((pieces) => {
  return pieces.map((part, at) => part ?? `w${at}x`).join('');
});

test('every word of a text is shown, or readiness reports a loss', () => {
  fc.assert(
    fc.property(text, (markdown) => {
      const { html } = renderMarkdown(markdown, new Map(), 'a');
      const words = markdown.match(/w\d+x/g) ?? [];
      const lost = words.filter((word) => !html.includes(word));
      if (lost.length === 0) return;
      const reported = [...findLosses(markdown), ...findTextFaults(markdown)].map(({ code }) => code);
      expect(
        reported,
        `${lost.join()} of ${JSON.stringify(markdown)} in ${JSON.stringify(html)}`,
      ).not.toEqual([]);
    }),
    { numRuns: 3_000 },
  );
});

test('the plain text has every word that the HTML has', () => {
  fc.assert(
    fc.property(text, (markdown) => {
      const { html } = renderMarkdown(markdown, new Map(), 'a');
      const shown = html.replace(/<[^>]*>/g, '');
      const plain = toPlainText(markdown);
      for (const word of shown.match(/w\d+x/g) ?? []) expect(plain).toContain(word);
    }),
    { numRuns: 1_000 },
  );
});
