import pino from 'pino';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type RecurringWork, type Runner, runRepeatedly } from '../../src/background/run-repeatedly.ts';

const log = Object.assign(pino({ level: 'silent' }), { error: vi.fn() });

let runner: Runner | undefined;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(async () => {
  await runner?.stop();
  vi.useRealTimers();
  log.error.mockReset();
});

/** Starts work that returns these waits one after the other, and null from then on. */
function start(...waits: (number | null)[]) {
  const run = vi.fn<RecurringWork['run']>(async () => waits.shift() ?? null);
  runner = runRepeatedly({ name: 'test', run }, log);
  return { run, runner };
}

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

describe('recurring work', () => {
  test('the work runs at once, and again after the wait that it returns', async () => {
    const { run } = start(300);
    await pass(299);
    expect(run).toHaveBeenCalledTimes(1);
    await pass(1);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test.each([
    ['returns no wait', null],
    ['returns a long wait', 3_600_000],
  ])('work that %s runs again every two seconds', async (_what, wait) => {
    const { run } = start(wait, wait);
    await pass(1_999);
    expect(run).toHaveBeenCalledTimes(1);
    await pass(2_001);
    expect(run).toHaveBeenCalledTimes(3);
  });

  test('very short waits do not make the work spin', async () => {
    const { run } = start(...Array(1_000).fill(0.1));
    await pass(100);
    expect(run.mock.calls.length).toBeLessThanOrEqual(51);
  });

  test('a wake-up during the wait runs the work at once', async () => {
    const { run, runner } = start(null);
    await pass(10);
    runner.wake();
    await pass(0);
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('any number of wake-ups during a run cause exactly one more run', async () => {
    const { run, runner } = start();
    const work = Promise.withResolvers<null>();
    run.mockReturnValueOnce(work.promise);
    runner.wake();
    await pass(0);
    expect(run).toHaveBeenCalledTimes(2);
    runner.wake();
    runner.wake();
    work.resolve(null);
    await pass(0);
    expect(run).toHaveBeenCalledTimes(3);
    await pass(1_000);
    expect(run).toHaveBeenCalledTimes(3);
  });

  test('a failed run is logged and repeated a second later', async () => {
    const { run, runner } = start(null);
    await pass(10);
    run.mockRejectedValueOnce(new Error('no database'));
    runner.wake();
    await pass(999);
    expect(run).toHaveBeenCalledTimes(2);
    await pass(1);
    expect(run).toHaveBeenCalledTimes(3);
    expect(log.error.mock.calls).toMatchObject([
      [{ work: 'test', err: { message: 'no database' } }, expect.any(String)],
    ]);
  });
});

describe('recurring work that loses the database', () => {
  const LOST = Object.assign(new Error('terminating connection'), { code: '57P01' });
  const startLosing = (maxSleepMs: number) => {
    const run = vi.fn<RecurringWork['run']>().mockRejectedValue(LOST);
    runner = runRepeatedly({ name: 'test', run, maxSleepMs }, log);
    return run;
  };

  test('it is tried again after 100 ms, then after doubling pauses of at most one second', async () => {
    const run = startLosing(3_600_000);
    for (const [tries, pause] of [100, 200, 400, 800, 1_000, 1_000].entries()) {
      await pass(pause - 1);
      expect(run).toHaveBeenCalledTimes(tries + 1);
      await pass(1);
      expect(run).toHaveBeenCalledTimes(tries + 2);
    }
  });

  test('the pause is the shortest again after a run that succeeded', async () => {
    const run = startLosing(3_600_000);
    await pass(100 + 200 + 399);
    run.mockResolvedValueOnce(50);
    await pass(1);
    await pass(50);
    expect(run).toHaveBeenCalledTimes(5);
    await pass(100);
    expect(run).toHaveBeenCalledTimes(6);
  });

  test('the pause is never longer than half of its longest sleep', async () => {
    const run = startLosing(300);
    await pass(100 + 150 + 150);
    expect(run).toHaveBeenCalledTimes(4);
  });
});

describe('the end of recurring work', () => {
  test('stopping ends the wait, and the work does not run again', async () => {
    const { run, runner } = start(null);
    await pass(10);
    await runner.stop();
    await pass(10_000);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('stopping aborts the signal of the current run, waits for its end and starts no further run', async () => {
    const { run, runner } = start(null);
    await pass(10);
    const work = Promise.withResolvers<null>();
    run.mockReturnValueOnce(work.promise);
    runner.wake();
    await pass(0);
    const [stopping] = run.mock.lastCall ?? [];
    expect(stopping?.aborted).toBe(false);

    const ended = vi.fn();
    const stopped = runner.stop().then(ended);
    runner.wake();
    await pass(10_000);
    expect(stopping?.aborted).toBe(true);
    expect(ended).not.toHaveBeenCalled();
    work.resolve(null);
    await stopped;
    expect(run).toHaveBeenCalledTimes(2);
  });
});
