import { describe, expect, test } from 'vitest';
import { openFairQueue } from '../../../src/modules/media/images/fair-queue.ts';
import type { Task } from '../../../src/modules/media/images/process/messages.ts';
import type { Outcome } from '../../../src/modules/media/images/worker.ts';

const LONG_MS = 600_000;
const lost: Outcome = { kind: 'lost', reason: '', hasBegun: true, exceeded: null };

/** Two processes whose tasks end when the test says so. */
function openQueue(maxWaitMs: number) {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const openProcess = () => ({
    run(task: Task): Promise<Outcome> {
      begun.push(task.source);
      return new Promise((resolve) => ends.set(task.source, () => resolve(lost)));
    },
    stop: async () => {},
  });
  const queue = openFairQueue([openProcess(), openProcess()], maxWaitMs);
  return {
    begun,
    add: (source: string, owner: string) => queue.run({ kind: 'clean', source, target: '' }, owner),
    end: (source: string) => ends.get(source)?.(),
  };
}

describe('files that wait for an image process', () => {
  test('an owner with many files has one process, and the file of another owner begins at once', async () => {
    const { begun, add } = openQueue(LONG_MS);
    for (const name of ['a1', 'a2', 'a3']) void add(name, 'a');
    void add('b1', 'b');
    await expect.poll(() => begun).toEqual(['a1', 'b1']);
  });

  test('owners take turns, and the files of one owner keep their order', async () => {
    const { begun, add, end } = openQueue(LONG_MS);
    for (const name of ['a1', 'a2', 'a3']) void add(name, 'a');
    for (const name of ['b1', 'b2']) void add(name, 'b');
    void add('c1', 'c');
    for (const [ended, expected] of [
      ['a1', 'c1'],
      ['b1', 'a2'],
      ['c1', 'b2'],
      ['a2', 'a3'],
    ] as const) {
      const before = begun.length;
      await expect.poll(() => begun).toContain(ended);
      end(ended);
      await expect.poll(() => begun.slice(before)).toContain(expected);
    }
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  test('a file that has waited too long is refused, and the running files are completed', async () => {
    const { begun, add, end } = openQueue(20);
    const first = add('a1', 'a');
    await expect(add('a2', 'a')).rejects.toMatchObject({ kind: 'unavailable', code: 'overloaded' });
    end('a1');
    expect(await first).toBe(lost);
    const next = add('a3', 'a');
    await expect.poll(() => begun).toEqual(['a1', 'a3']);
    end('a3');
    await next;
  });
});
