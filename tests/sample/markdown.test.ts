import { expect, test } from 'vitest';
import { figure, markdown } from '../../src/sample/content/markdown.ts';

test('each paragraph and each list entry becomes one line', () => {
  const text = markdown`
    A paragraph that
    goes on.

    - one entry
      that goes on
    - another

    1. numbered
    2. too
  `;
  expect(text).toBe(
    'A paragraph that goes on.\n\n- one entry that goes on\n- another\n\n1. numbered\n2. too',
  );
});

test('a figure becomes a paragraph of its own with its alt text', () => {
  const text = markdown`
    Before.

    ${figure('mark')}

    After.
  `;
  expect(text).toBe('Before.\n\n![A circular arrow round a dot.](media:mark)\n\nAfter.');
});
