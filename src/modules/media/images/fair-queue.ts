import { makeTurns } from '../../../lib/turns.ts';
import type { Task } from './process/messages.ts';
import type { Outcome } from './worker.ts';
import type { WorkerQueue } from './worker-queue.ts';

export type FairQueue = {
  /** Throws the error `overloaded` if the task has not begun after `maxWaitMs`. */
  run(task: Task, owner: string): Promise<Outcome>;
  stop(): Promise<void>;
};

/** Shares two processes between owners, who take turns. The second process starts only when two owners need one. */
export function openFairQueue(processes: readonly [WorkerQueue, WorkerQueue], maxWaitMs: number): FairQueue {
  const [first, second] = processes;
  const turns = makeTurns(processes.length);
  const busy = new Set<WorkerQueue>();
  return {
    async run(task, owner) {
      const endTurn = await turns.take(owner, maxWaitMs);
      const process = busy.has(first) ? second : first;
      busy.add(process);
      try {
        return await process.run(task);
      } finally {
        busy.delete(process);
        endTurn();
      }
    },
    async stop() {
      await Promise.all(processes.map((process) => process.stop()));
    },
  };
}
