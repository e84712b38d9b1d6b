import { describe, expect, test } from 'vitest';
import { makeTurns } from '../../src/lib/turns.ts';

const LONG_MS = 600_000;

/** Takes turns for tasks whose names begin with their owner. They run until the test ends them. */
function openTurns(maxRunning: number) {
  const turns = makeTurns(maxRunning);
  const ends = new Map<string, () => void>();
  const begun: string[] = [];
  return {
    turns,
    begun,
    async add(name: string, maxWaitMs = LONG_MS) {
      const end = await turns.take(name.slice(0, 1), maxWaitMs);
      begun.push(name);
      ends.set(name, end);
    },
    async end(name: string) {
      await expect.poll(() => ends.has(name)).toBe(true);
      ends.get(name)?.();
    },
  };
}

describe('owners that wait for their turns', () => {
  test('each has one turn at a time, and they alternate', async () => {
    const { add, begun, end } = openTurns(2);
    for (const name of ['a1', 'a2', 'a3', 'b1', 'b2', 'c1']) void add(name);
    for (const name of ['a1', 'b1', 'c1', 'a2', 'b2']) await end(name);
    await expect.poll(() => begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  test('an owner that comes back at once does not overtake one that waits', async () => {
    const { add, begun, end } = openTurns(1);
    void add('a1');
    void add('b1');
    void add('b2');
    await end('a1');
    void add('a2');
    await end('b1');
    await end('a2');
    await expect.poll(() => begun).toEqual(['a1', 'b1', 'a2', 'b2']);
  });

  test('a task that has waited too long is refused, and never has a turn', async () => {
    const { add, begun, end, turns } = openTurns(1);
    void add('a1');
    await expect(add('b1', 20)).rejects.toMatchObject({ kind: 'unavailable', code: 'overloaded' });
    expect(turns.countWaiting('b')).toBe(0);
    void add('b2');
    expect(turns.countWaiting('b')).toBe(1);
    await end('a1');
    await expect.poll(() => begun).toEqual(['a1', 'b2']);
  });
});
