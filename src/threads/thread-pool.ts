import { overloaded } from '../errors.ts';
import { makeTurns } from '../lib/turns.ts';
import { type Outcome, startThread, type Thread } from './thread.ts';

/** Runs tasks apart from the event loop, each with a limit of CPU time. */
export type ThreadPool<Task, Result> = {
  /**
   * Returns the result, or null if the task exceeds its limit of CPU time or memory. Tasks of one owner run one after
   * another, and owners take turns. Throws if the task throws, or a DomainError if it waits too long for its turn.
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
  /** Per owner */
  maxWaitingTasks?: number;
};

/** Threads start when they are needed. Only a running task keeps the process alive. */
export function openThreadPool<Task, Result>({
  program,
  maxThreads,
  idleTimeoutMs = 30_000,
  maxWaitingTasks = 5_000,
}: ThreadPoolOptions): ThreadPool<Task, Result> {
  const turns = makeTurns(maxThreads);
  const idle = new Map<Thread<Task, Result>, NodeJS.Timeout>();

  /** A task whose thread was lost runs once more, because the cause may not have been the task. */
  async function perform(task: Task, cpuLimitMs: number, isRepeated = false): Promise<Outcome<Result>> {
    const thread = takeIdle() ?? startThread<Task, Result>(program);
    thread.hold();
    const outcome = await thread.perform(task, cpuLimitMs);
    if (outcome.kind === 'done' || outcome.kind === 'failed') {
      release(thread);
      return outcome;
    }
    await thread.end();
    return outcome.kind === 'lost' && !isRepeated ? perform(task, cpuLimitMs, true) : outcome;
  }

  /** Takes the thread that was used last, so that the others reach their idle timeout. */
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
    async run(task, { owner, cpuLimitMs, maxWaitMs }) {
      if (turns.countWaiting(owner) >= maxWaitingTasks) throw overloaded();
      const endTurn = await turns.take(owner, maxWaitMs);
      try {
        return resultOf(await perform(task, cpuLimitMs));
      } finally {
        endTurn();
      }
    },
  };
}

function resultOf<Result>(outcome: Outcome<Result>): { result: Result } | null {
  if (outcome.kind === 'done') return { result: outcome.result };
  if (outcome.kind === 'exceeded') return null;
  throw new Error(outcome.reason);
}
