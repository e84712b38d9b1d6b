import { describe, expect, test } from 'vitest';
import { assignAnchors } from '../../src/modules/publishing/editions/anchors.ts';

/** The anchors assigned to items with these titles, in order. An item may already have an anchor. */
function anchorsOf(...items: (string | { title: string; anchor: string })[]): string[] {
  const rows = items.map((item, index) => ({
    id: String(index),
    ...(typeof item === 'string' ? { title: item, anchor: null } : item),
  }));
  return [...assignAnchors(rows).values()];
}

describe('item anchors', () => {
  test.each([
    ['BLIP: one model, two tasks', 'blip-one-model-two-tasks'],
    ['  Déjà vu -- again!  ', 'deja-vu-again'],
    ['深層学習 2.0', '深層学習-2-0'],
    ['🎧', 'item'],
  ])('the anchor for the title "%s" is "%s"', (title, anchor) => {
    expect(anchorsOf(title)).toEqual([anchor]);
  });

  test('an anchor has at most 60 characters and does not end in a hyphen', () => {
    expect(anchorsOf(`${'a'.repeat(59)} and more`)).toEqual(['a'.repeat(59)]);
  });

  test('items with the same title get different anchors', () => {
    expect(anchorsOf('One', 'one!', 'ONE')).toEqual(['one', 'one-2', 'one-3']);
  });

  test('an item keeps its existing anchor, and an earlier item with that title gets another one', () => {
    expect(anchorsOf('First', { title: 'Renamed', anchor: 'first' })).toEqual(['first-2', 'first']);
  });

  test('an item does not get an anchor that footnotes of the intro or the sign-off use', () => {
    expect(anchorsOf('Intro', 'Sign off')).toEqual(['intro-2', 'sign-off-2']);
  });
});
