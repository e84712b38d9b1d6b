import { describe, expect, test } from 'vitest';
import { assignAnchors } from '../../src/modules/publishing/editions/anchors.ts';

/** Anchors of items with these titles, in order; an item may have one already. */
function anchorsOf(...items: (string | { title: string; anchor: string })[]): string[] {
  const rows = items.map((item, index) => ({
    id: String(index),
    ...(typeof item === 'string' ? { title: item, anchor: null } : item),
  }));
  return [...assignAnchors(rows).values()];
}

describe('The anchor of an item', () => {
  test.each([
    ['BLIP: one model, two tasks', 'blip-one-model-two-tasks'],
    ['  Déjà vu -- again!  ', 'deja-vu-again'],
    ['深層学習 2.0', '深層学習-2-0'],
    ['🎧', 'item'],
  ])('of the title %s is %s', (title, anchor) => {
    expect(anchorsOf(title)).toEqual([anchor]);
  });

  test('is not longer than sixty characters, and does not end in a hyphen', () => {
    expect(anchorsOf(`${'a'.repeat(59)} and more`)).toEqual(['a'.repeat(59)]);
  });

  test('is its own among items of the same title', () => {
    expect(anchorsOf('One', 'one!', 'ONE')).toEqual(['one', 'one-2', 'one-3']);
  });

  test('stays what it was, and is nobody else’s, whoever comes first', () => {
    expect(anchorsOf('First', { title: 'Renamed', anchor: 'first' })).toEqual(['first-2', 'first']);
  });

  test('is not one under which the footnotes of the issue’s own texts stand', () => {
    expect(anchorsOf('Intro', 'Sign off')).toEqual(['intro-2', 'sign-off-2']);
  });
});
