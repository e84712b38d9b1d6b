import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openThreadPool, type ThreadPoolOptions } from '../../src/threads/thread-pool.ts';
import type { OddResult, OddTask } from './odd-worker.ts';

const program = join(import.meta.dirname, 'odd-worker.ts');
const FOREVER_MS = 1_000_000;
const open = (options: Partial<ThreadPoolOptions> = {}) =>
  openThreadPool<OddTask, OddResult>({ program, maxThreads: 1, ...options });
const by = (owner: string, cpuLimitMs = 10_000) => ({ owner, cpuLimitMs, maxWaitMs: 60_000 });
const echo = (word: string): OddTask => ({ kind: 'echo', word });
const endless: OddTask = { kind: 'spin', cpuMs: FOREVER_MS };

describe('a task that goes wrong', () => {
  test('a task that exceeds its CPU time gives null, and the tasks behind it are done', async () => {
    const pool = open();
    const words = ['a', 'b', 'c'];
    const slow = pool.run(endless, by('x', 100));
    const others = words.map((word) => pool.run(echo(word), by('x')));
    expect(await slow).toBeNull();
    expect((await Promise.all(others)).map((outcome) => outcome?.result.word)).toEqual(words);
  });

  test('a task that stays within its CPU time is done, however often the thread was used before', async () => {
    const pool = open();
    for (let times = 0; times < 4; times += 1) {
      const outcome = await pool.run({ kind: 'spin', cpuMs: 100 }, by('x', 250));
      expect(outcome?.result.word).toBe('spin');
    }
  });

  test('a task that exceeds the memory of its thread gives null', async () => {
    const pool = open();
    expect(await pool.run({ kind: 'fill the memory' }, by('x', 60_000))).toBeNull();
    expect(await pool.run(echo('after'), by('x'))).toMatchObject({ result: { word: 'after' } });
  });

  test('a task whose thread ends under it is done by another thread', async () => {
    const pool = open();
    const file = join(await mkdtemp(join(tmpdir(), 'masthead-test-')), 'flag');
    const outcomes = await Promise.all([
      pool.run({ kind: 'exit once', file }, by('x')),
      pool.run(echo('after'), by('x')),
    ]);
    expect(outcomes.map((outcome) => outcome?.result.word)).toEqual(['exit once', 'after']);
  });

  test('a task that always ends its thread fails with the reason, and the next one is done', async () => {
    const pool = open();
    await expect(pool.run({ kind: 'exit' }, by('x'))).rejects.toThrow('exit code 7');
    expect(await pool.run(echo('after'), by('x'))).not.toBeNull();
  });

  test('the error of a task reaches its caller, and the thread stays', async () => {
    const pool = open();
    const before = await pool.run(echo('before'), by('x'));
    await expect(pool.run({ kind: 'throw' }, by('x'))).rejects.toThrow('The task does not like it.');
    const after = await pool.run(echo('after'), by('x'));
    expect(after?.result.threadId).toBe(before?.result.threadId);
  });

  test('a program that does not start fails with the reason', async () => {
    const pool = open({ program: join(import.meta.dirname, 'no-such-file.ts') });
    await expect(pool.run(echo('a'), by('x'))).rejects.toThrow('The thread does not start');
  });
});

describe('the turns of owners', () => {
  test('an owner with one task waits for one task of each owner before it, however many they have', async () => {
    const pool = open();
    const done: string[] = [];
    const run = (owner: string, word: string) =>
      pool.run(echo(word), by(owner)).then((outcome) => done.push(outcome?.result.word ?? ''));
    await Promise.all([
      ...['a1', 'a2', 'a3', 'a4'].map((word) => run('a', word)),
      ...['b1', 'b2'].map((word) => run('b', word)),
      run('c', 'c1'),
    ]);
    expect(done).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3', 'a4']);
  });

  test('an owner occupies one thread, so that another owner is served meanwhile', async () => {
    const pool = open({ maxThreads: 2 });
    const slow = [1, 2, 3].map(() => pool.run(endless, by('a', 300)));
    let isSlowDone = false;
    void Promise.all(slow).then(() => {
      isSlowDone = true;
    });
    expect(await pool.run(echo('b'), by('b'))).not.toBeNull();
    expect(isSlowDone).toBe(false);
    expect(await Promise.all(slow)).toEqual([null, null, null]);
  });

  test('a task that waits too long for its turn is refused, and so is one behind too many others', async () => {
    const pool = open({ maxWaitingTasks: 1 });
    const running = pool.run(endless, by('a', 500));
    const refused = { kind: 'unavailable', code: 'overloaded' };
    const waiting = expect(pool.run(echo('late'), { ...by('a'), maxWaitMs: 50 })).rejects.toMatchObject(
      refused,
    );
    await expect(pool.run(echo('too many'), by('a'))).rejects.toMatchObject(refused);
    await waiting;
    expect(await running).toBeNull();
    expect(await pool.run(echo('after'), by('a'))).not.toBeNull();
  });
});

test('a thread without tasks ends, and the next task starts another', async () => {
  const pool = open({ idleTimeoutMs: 1 });
  const first = await pool.run(echo('a'), by('x'));
  await expect
    .poll(async () => (await pool.run(echo('b'), by('x')))?.result.threadId)
    .not.toBe(first?.result.threadId);
});
