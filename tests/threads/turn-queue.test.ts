import { expect, test } from 'vitest';
import { makeTurnQueue } from '../../src/threads/turn-queue.ts';

test('owners take turns, and those that may not run keep their turn', () => {
  const queue = makeTurnQueue<string>();
  for (const entry of ['a1', 'a2', 'b1', 'b2', 'c1']) queue.add(entry.slice(0, 1), entry);
  const all = () => true;
  expect(queue.take((owner) => owner !== 'a')).toBe('b1');
  expect([1, 2, 3, 4, 5].map(() => queue.take(all))).toEqual(['a1', 'c1', 'b2', 'a2', undefined]);
});

test('a removed entry is never taken', () => {
  const queue = makeTurnQueue<string>();
  queue.add('a', 'a1');
  queue.add('a', 'a2');
  queue.remove('a', 'a1');
  queue.remove('b', 'b1');
  expect(queue.count('a')).toBe(1);
  expect(queue.take(() => true)).toBe('a2');
  expect(queue.count('a')).toBe(0);
});
