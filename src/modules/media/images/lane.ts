import type { Task } from './process/messages.ts';
import { type Outcome, startWorker, type Worker } from './worker.ts';

export type Lane = {
  /** In turn. Throws the reason of the signal, and where the process cannot be started. */
  run(task: Task, signal?: AbortSignal): Promise<Outcome>;
  stop(): Promise<void>;
};

export type LaneOptions = {
  niceness: number;
  /** Milliseconds for one task. */
  within: number;
  /** Milliseconds without a task after which the process is ended, and the memory that it kept is free. */
  idleAfter: number;
  onStart: (pid: number | undefined) => void;
  /** For the log: the answer to a request does not tell. */
  onLoss: (reason: string) => void;
};

/** Tasks one after the other in a process of their own, which starts with the first and is replaced when it is lost. */
export function openLane({ niceness, within, idleAfter, onStart, onLoss }: LaneOptions): Lane {
  const stopping = new AbortController();
  let worker: Worker | null = null;
  let idle: NodeJS.Timeout | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function perform(task: Task, signal: AbortSignal, isRepeated = false): Promise<Outcome> {
    signal.throwIfAborted();
    clearTimeout(idle);
    const current = findWorker();
    current.hold();
    try {
      const outcome = await current.perform(task, within, signal);
      if (outcome.kind !== 'lost') return outcome;
      signal.throwIfAborted();
      await endWorker();
      // It had ended while it was idle, which nobody had noticed yet: the file is not at fault.
      if (!outcome.hasBegun && !isRepeated) return await perform(task, signal, true);
      onLoss(outcome.reason);
      return outcome;
    } catch (error) {
      await endWorker();
      throw signal.aborted ? signal.reason : error;
    } finally {
      current.release();
      clearTimeout(idle);
      idle = setTimeout(endWorker, idleAfter).unref();
    }
  }

  function findWorker(): Worker {
    if (worker === null || worker.isGone()) {
      worker = startWorker(niceness);
      onStart(worker.pid);
    }
    return worker;
  }

  async function endWorker(): Promise<void> {
    const ended = worker;
    worker = null;
    await ended?.end();
  }

  return {
    run(task, signal = stopping.signal) {
      const outcome = last.then(() => perform(task, AbortSignal.any([stopping.signal, signal])));
      last = outcome.catch(() => {});
      return outcome;
    },
    async stop() {
      stopping.abort(new Error('The image process is stopped.'));
      await endWorker();
      await last;
      clearTimeout(idle);
    },
  };
}
