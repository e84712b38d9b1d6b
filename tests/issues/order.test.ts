import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { isPermutation, withIdAt, without } from '../../src/modules/issues/editing/order.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

describe('Putting an id at an index', () => {
  test.each([
    [0, ['c', 'a', 'b', 'd']],
    [1, ['a', 'c', 'b', 'd']],
    [2, ['a', 'b', 'c', 'd']],
    [3, ['a', 'b', 'd', 'c']],
  ])('counts among the others: %i', (index, moved) => {
    expect(withIdAt(['a', 'b', 'c', 'd'], 'c', index)).toEqual(moved);
  });

  it('takes in an id that was not there', () => {
    expect(withIdAt(['a', 'b'], 'x', 1)).toEqual(['a', 'x', 'b']);
    expect(withIdAt([], 'x', 0)).toEqual(['x']);
  });

  it('puts it there and leaves the others in their order, whatever the list', () => {
    fc.assert(
      fc.property(ids, fc.nat(), fc.nat(), (list, from, to) => {
        const id = list[from % list.length] ?? '';
        const index = to % list.length;
        const moved = withIdAt(list, id, index);
        expect(moved[index]).toBe(id);
        expect(without(moved, id)).toEqual(without(list, id));
      }),
    );
  });
});

describe('A permutation', () => {
  it('is any order of the same ids', () => {
    fc.assert(
      fc.property(
        ids.chain((list) =>
          fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
        ),
        ([list, shuffled]) => isPermutation(shuffled, list),
      ),
    );
    expect(isPermutation([], [])).toBe(true);
  });

  test.each([
    ['lacks one', ['a', 'b']],
    ['names one twice', ['a', 'b', 'b']],
    ['names one twice and all others', ['a', 'b', 'c', 'c']],
    ['names a stranger', ['a', 'b', 'x']],
    ['is empty', []],
  ])('is not a list that %s', (_what, proposed) => {
    expect(isPermutation(proposed, ['a', 'b', 'c'])).toBe(false);
  });
});
