import { overloaded } from '../errors.ts';

export type Turns = {
  /**
   * Resolves when it is the owner's turn, with a function that ends the turn. Rejects with the error `overloaded` after
   * `maxWaitMs`.
   */
  take(owner: string, maxWaitMs: number): Promise<() => void>;
  countWaiting(owner: string): number;
};

/**
 * Lets at most `maxRunning` owners run at once, each one task at a time, so that an owner with many or slow tasks does not
 * delay the others. An owner that ends a turn and has more tasks goes to the back of the queue.
 */
export function makeTurns(maxRunning: number): Turns {
  /** Owners in the order of their turns, each with its waiting tasks. */
  const waiting = new Map<string, Set<() => void>>();
  const running = new Set<string>();

  function startNext(): void {
    while (running.size < maxRunning) {
      const next = [...waiting].find(([owner]) => !running.has(owner));
      if (!next) return;
      const [, [begin]] = next;
      begin?.();
    }
  }

  function endTurn(owner: string): void {
    running.delete(owner);
    const entries = waiting.get(owner);
    if (entries) {
      // Setting the key again moves it to the end.
      waiting.delete(owner);
      waiting.set(owner, entries);
    }
    startNext();
  }

  return {
    take(owner, maxWaitMs) {
      const { promise, resolve, reject } = Promise.withResolvers<() => void>();
      const stopWaiting = () => {
        clearTimeout(timeout);
        const entries = waiting.get(owner);
        entries?.delete(begin);
        if (entries?.size === 0) waiting.delete(owner);
      };
      const begin = () => {
        stopWaiting();
        running.add(owner);
        resolve(() => endTurn(owner));
      };
      const timeout = setTimeout(() => {
        stopWaiting();
        reject(overloaded());
      }, maxWaitMs);
      waiting.set(owner, (waiting.get(owner) ?? new Set()).add(begin));
      startNext();
      return promise;
    },
    countWaiting: (owner) => waiting.get(owner)?.size ?? 0,
  };
}
