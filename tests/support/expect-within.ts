import { setTimeout as pause } from 'node:timers/promises';

const PAUSE_MS = 5;

/**
 * Asserts that every read that begins more than `ms` milliseconds from now passes, and returns when one has passed.
 * Only the beginning counts, because a busy machine may delay the read itself.
 */
export async function expectWithin<T>(
  ms: number,
  read: () => T | Promise<T>,
  assert: (value: T) => void,
): Promise<void> {
  const deadline = performance.now() + ms;
  for (;;) {
    const isLate = performance.now() > deadline;
    const value = await read();
    try {
      assert(value);
      return;
    } catch (error) {
      if (isLate) throw error;
    }
    await pause(PAUSE_MS);
  }
}
