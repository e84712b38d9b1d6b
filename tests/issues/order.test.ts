import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPermutation, withIdAt, without } from '../../src/modules/issues/editing/order.ts';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 8 });

describe('withIdAt', () => {
  test.each([
    [0, ['c', 'a', 'b', 'd']],
    [1, ['a', 'c', 'b', 'd']],
    [2, ['a', 'b', 'c', 'd']],
    [3, ['a', 'b', 'd', 'c']],
  ])('index %i counts positions after the id is taken out of the list', (index, moved) => {
    expect(withIdAt(['a', 'b', 'c', 'd'], 'c', index)).toEqual(moved);
  });

  test('an id that is not in the list is inserted', () => {
    expect(withIdAt(['a', 'b'], 'x', 1)).toEqual(['a', 'x', 'b']);
    expect(withIdAt([], 'x', 0)).toEqual(['x']);
  });

  test('the id ends up at the index and the others keep their order, for any list', () => {
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

describe('isPermutation', () => {
  test('any order of the same ids is a permutation', () => {
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
    ['names an unknown id', ['a', 'b', 'x']],
    ['is empty', []],
  ])('a list that %s is not a permutation', (_what, proposed) => {
    expect(isPermutation(proposed, ['a', 'b', 'c'])).toBe(false);
  });
});
