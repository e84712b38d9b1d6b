import type { Task } from './process/messages.ts';
import { type Outcome, startWorker, type TimeLimits, type Worker } from './worker.ts';

export type WorkerQueue = {
  /** Runs the task after those before it. Throws the reason of the signal, or if the process does not start. */
  run(task: Task, signal?: AbortSignal): Promise<Outcome>;
  stop(): Promise<void>;
};

export type WorkerQueueOptions = {
  niceness: number;
  /** For one task */
  limits: TimeLimits;
  /** The process ends after this time without a task, which frees its memory. */
  idleTimeoutMs: number;
  onStart: (pid: number | undefined) => void;
  /** For the log; the response to an upload does not contain the reason. */
  onCrash: (reason: string) => void;
};

/** Runs tasks one after the other in a worker process. It starts with the first task and is replaced after a crash. */
export function openWorkerQueue({
  niceness,
  limits,
  idleTimeoutMs,
  onStart,
  onCrash,
}: WorkerQueueOptions): WorkerQueue {
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
      const outcome = await current.perform(task, limits, signal);
      if (outcome.kind !== 'lost') return outcome;
      signal.throwIfAborted();
      await endWorker();
      // The process ended while it was idle, so the file is not the cause.
      if (!outcome.hasBegun && !isRepeated) return await perform(task, signal, true);
      onCrash(outcome.reason);
      return outcome;
    } catch (error) {
      await endWorker();
      throw signal.aborted ? signal.reason : error;
    } finally {
      current.release();
      clearTimeout(idle);
      idle = setTimeout(endWorker, idleTimeoutMs).unref();
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
      stopping.abort(new Error('The image process was stopped.'));
      await endWorker();
      await last;
      clearTimeout(idle);
    },
  };
}
