import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSilentLosses } from '../../bench/markdown/fuzz/find-silent-losses.ts';
import { MARKUP } from '../../bench/markdown/fuzz/markup.ts';
import { findLosses, findTextFaults } from '../../src/markdown/losses.ts';
import { toPlainText } from '../../src/markdown/plain-text.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const piece = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 3, arbitrary: fc.constantFrom(...MARKUP) },
);

/** Each null is a word of its own. */
const text = fc.array(piece, { minLength: 1, maxLength: 24 }).map((pieces) => {
  return pieces.map((part, at) => part ?? `w${at}x`).join('');
});

/** `npm run bench:fuzz-markdown` does the same with longer texts. */
test('every word of a text is shown, or readiness reports a loss', () => {
  fc.assert(
    fc.property(text, (markdown) => {
      const { html } = renderMarkdown(markdown, new Map(), 'a');
      const reports = [...findLosses(markdown), ...findTextFaults(markdown)];
      expect(findSilentLosses(markdown, html, reports), JSON.stringify({ markdown, html })).toEqual([]);
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
