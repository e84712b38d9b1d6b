import { DomainError } from '../../../errors.ts';
import type { Task } from './process/messages.ts';
import type { Outcome } from './worker.ts';
import type { WorkerQueue } from './worker-queue.ts';

export type FairQueue = {
  /** Throws the error `overloaded` if the task has not begun after `maxWaitMs`. */
  run(task: Task, owner: string): Promise<Outcome>;
  stop(): Promise<void>;
};

type Waiting = { owner: string; begin: (process: WorkerQueue) => void };

/**
 * Shares the processes between owners. An owner has one process at a time, so that slow files of one owner do not delay
 * the files of another. Of several owners that wait, the one served longest ago is next.
 */
export function openFairQueue(processes: readonly WorkerQueue[], maxWaitMs: number): FairQueue {
  const idle = [...processes];
  /** The last turn of each owner that runs or waits. */
  const lastTurns = new Map<string, number>();
  const running = new Set<string>();
  const waiting = new Set<Waiting>();
  let turn = 0;

  function takeProcess(owner: string): Promise<WorkerQueue> {
    const { promise, resolve, reject } = Promise.withResolvers<WorkerQueue>();
    const timer = setTimeout(() => {
      waiting.delete(entry);
      reject(overloaded());
    }, maxWaitMs);
    const entry: Waiting = {
      owner,
      begin(process) {
        clearTimeout(timer);
        resolve(process);
      },
    };
    waiting.add(entry);
    serveNext();
    return promise;
  }

  function serveNext(): void {
    const next = findNext();
    const process = next && idle.shift();
    if (!next || !process) return;
    waiting.delete(next);
    turn += 1;
    lastTurns.set(next.owner, turn);
    running.add(next.owner);
    next.begin(process);
  }

  function findNext(): Waiting | undefined {
    const lastTurn = ({ owner }: Waiting) => lastTurns.get(owner) ?? 0;
    const [next] = [...waiting]
      .filter(({ owner }) => !running.has(owner))
      .sort((a, b) => lastTurn(a) - lastTurn(b));
    return next;
  }

  function release(process: WorkerQueue, owner: string): void {
    // The first process is preferred, so that the second starts only when two owners need one.
    if (process === processes[0]) idle.unshift(process);
    else idle.push(process);
    running.delete(owner);
    if (![...waiting].some((entry) => entry.owner === owner)) lastTurns.delete(owner);
    serveNext();
  }

  return {
    async run(task, owner) {
      const process = await takeProcess(owner);
      try {
        return await process.run(task);
      } finally {
        release(process, owner);
      }
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}

function overloaded(): DomainError {
  return new DomainError(
    'unavailable',
    'overloaded',
    'Other files are still being processed. Try again later.',
  );
}
