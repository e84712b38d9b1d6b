import { overloaded } from '../errors.ts';
import { type Outcome, startThread, type Thread } from './thread.ts';
import { makeTurnQueue } from './turn-queue.ts';

/** Runs tasks apart from the event loop, each with a limit of CPU time. */
export type ThreadPool<Task, Result> = {
  /**
   * Returns the result, or null if the task exceeds its limit of CPU time or memory. Tasks of one owner run one after
   * the other, and owners take turns. Throws if the task throws, or a DomainError if it waits too long for its turn.
   */
  run(task: Task, options: TaskOptions): Promise<{ result: Result } | null>;
};

type TaskOptions = { owner: string; cpuLimitMs: number; maxWaitMs: number };

export type ThreadPoolOptions = {
  /** Path of a file that calls `serveTasks`. */
  program: string;
  maxThreads: number;
  /** A thread ends after this time without a task, which frees its memory. */
  idleTimeoutMs?: number;
  /** Of one owner */
  maxWaitingTasks?: number;
};

type Job<Task, Result> = {
  task: Task;
  owner: string;
  cpuLimitMs: number;
  resolve: (outcome: { result: Result } | null) => void;
  reject: (error: unknown) => void;
  timeout: NodeJS.Timeout | undefined;
};

/** Threads start when they are needed. Only a running task keeps the process alive. */
export function openThreadPool<Task, Result>({
  program,
  maxThreads,
  idleTimeoutMs = 30_000,
  maxWaitingTasks = 5_000,
}: ThreadPoolOptions): ThreadPool<Task, Result> {
  const waiting = makeTurnQueue<Job<Task, Result>>();
  const running = new Set<string>();
  const idle = new Map<Thread<Task, Result>, NodeJS.Timeout>();

  function startWaiting(): void {
    while (running.size < maxThreads) {
      const job = waiting.take((owner) => !running.has(owner));
      if (!job) return;
      clearTimeout(job.timeout);
      running.add(job.owner);
      void settle(job).finally(() => {
        running.delete(job.owner);
        startWaiting();
      });
    }
  }

  async function settle(job: Job<Task, Result>): Promise<void> {
    try {
      job.resolve(resultOf(await perform(job)));
    } catch (error) {
      job.reject(error);
    }
  }

  /** A task whose thread was lost runs once more: something else may have ended the thread. */
  async function perform(job: Job<Task, Result>, isRepeated = false): Promise<Outcome<Result>> {
    const thread = takeIdle() ?? startThread<Task, Result>(program);
    thread.hold();
    const outcome = await thread.perform(job.task, job.cpuLimitMs);
    if (outcome.kind === 'done' || outcome.kind === 'failed') {
      release(thread);
      return outcome;
    }
    await thread.end();
    return outcome.kind === 'lost' && !isRepeated ? perform(job, true) : outcome;
  }

  /** The thread that was used last, so that the others can end. */
  function takeIdle(): Thread<Task, Result> | undefined {
    for (const [thread, timeout] of [...idle].toReversed()) {
      clearTimeout(timeout);
      idle.delete(thread);
      if (!thread.isGone()) return thread;
    }
    return undefined;
  }

  function release(thread: Thread<Task, Result>): void {
    thread.release();
    const end = () => {
      idle.delete(thread);
      void thread.end();
    };
    idle.set(thread, setTimeout(end, idleTimeoutMs).unref());
  }

  return {
    run(task, { owner, cpuLimitMs, maxWaitMs }) {
      if (waiting.count(owner) >= maxWaitingTasks) return Promise.reject(overloaded());
      const { promise, resolve, reject } = Promise.withResolvers<{ result: Result } | null>();
      const job: Job<Task, Result> = { task, owner, cpuLimitMs, resolve, reject, timeout: undefined };
      job.timeout = setTimeout(() => {
        waiting.remove(owner, job);
        reject(overloaded());
      }, maxWaitMs);
      waiting.add(owner, job);
      startWaiting();
      return promise;
    },
  };
}

function resultOf<Result>(outcome: Outcome<Result>): { result: Result } | null {
  if (outcome.kind === 'done') return { result: outcome.result };
  if (outcome.kind === 'exceeded') return null;
  throw new Error(outcome.reason);
}
