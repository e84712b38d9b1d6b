import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { estimateHtmlLength } from '../../src/markdown/estimate-html.ts';
import { parseMarkdown } from '../../src/markdown/parse.ts';
import { renderMarkdown } from '../../src/markdown/render.ts';

const estimate = (markdown: string) => estimateHtmlLength(parseMarkdown(markdown).tree);
const rendered = (markdown: string, anchor = 'a') => renderMarkdown(markdown, new Map(), anchor).html.length;

describe('the estimated length of the HTML', () => {
  test.each([
    ['a table', `${'|a'.repeat(50)}\n${'|:-:'.repeat(50)}\n${'|\n'.repeat(50)}`],
    [
      'references to a long address',
      `[a]: https://a.example/${'é&'.repeat(500)} "<t>"\n\n${'[a] '.repeat(100)}`,
    ],
    ['footnotes', `${'[^é] '.repeat(100)}\n\n[^é]: b`],
    ['images', '![é"](https://a.example/é"é "é") '.repeat(100)],
    ['code', '```é"\n<&>\n```\n\n`<`\n\n'.repeat(50)],
    ['nested quotes and lists', `${`${'> '.repeat(20)}a\n\n`.repeat(20)}${'- [x] a\n1. b\n'.repeat(20)}`],
    ['markup of every kind', '# *a* **b** ~~c~~ <d@e.example> www.f.example  \ng\n\n---\n\n'.repeat(50)],
  ])('it is at least the length of the HTML of %s, and at most 12 times that', (_, markdown) => {
    const length = rendered(markdown, 'あ'.repeat(60));
    expect(estimate(markdown)).toBeGreaterThanOrEqual(length);
    expect(estimate(markdown)).toBeLessThan(12 * length);
  });

  test('it is at most three times the length of the HTML of ordinary text', () => {
    const markdown =
      'We read *this* [paper](https://example.org/a?b=c) & more of it.\n\n- One\n- Two\n\n'.repeat(20);
    expect(estimate(markdown)).toBeLessThan(3 * rendered(markdown));
  });

  test('it is at least the length of the HTML of generated text', () => {
    const piece = fc.constantFrom(
      ...'* ** _ ~~ ` ``` [ ] ( ) ![ ]( [^1] [^1]: [a]: # > - 1. | |-| " < & \\ é 🎉 https://a.b www.a.b'.split(
        ' ',
      ),
      ...[' ', '\n', '\n\n', '    ', 'a', 'a b'],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const markdown = pieces.join('');
        expect(estimate(markdown)).toBeGreaterThanOrEqual(rendered(markdown));
      }),
      { numRuns: 1_000 },
    );
  });
});
