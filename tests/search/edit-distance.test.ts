import { expect, test } from 'vitest';
import { editDistance } from '../../src/modules/search/query/edit-distance.ts';

test.each([
  ['', '', 0],
  ['word', 'word', 0],
  ['', 'abc', 3],
  ['abc', '', 3],
  ['blip', 'bilp', 1],
  ['blip', 'blipp', 1],
  ['blip', 'lip', 1],
  ['blip', 'clip', 1],
  ['attnetion', 'attention', 1],
  ['kitten', 'sitting', 3],
  ['ca', 'abc', 3],
  ['🦊a', 'a🦊', 1],
])('the edit distance from "%s" to "%s" is %i', (from, to, distance) => {
  expect(editDistance(from, to)).toBe(distance);
  expect(editDistance(to, from)).toBe(distance);
});
