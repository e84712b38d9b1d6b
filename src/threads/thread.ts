import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Report } from './serve-tasks.ts';

/**
 * `exceeded`: the task reached its limit of CPU time or memory. `lost`: the thread ended or did not report in time.
 * After both, the thread must be ended.
 */
export type Outcome<Result> =
  | { kind: 'done'; result: Result }
  | { kind: 'failed'; reason: string }
  | { kind: 'exceeded' }
  | { kind: 'lost'; reason: string };

export type Thread<Task, Result> = {
  /** Runs one task at a time. The limit does not include the start of the thread. */
  perform(task: Task, cpuLimitMs: number): Promise<Outcome<Result>>;
  isGone(): boolean;
  /** Until `release`, the thread keeps the process alive. */
  hold(): void;
  release(): void;
  end(): Promise<void>;
};

const MAX_HEAP_MB = 256;
const START_TIMEOUT_MS = 60_000;
/** A task may run for this many times its CPU limit, because threads wait for a core on a busy machine. */
const MAX_STRETCH = 20;
/** Shortest pause between two checks of the CPU time. */
const MIN_PAUSE_MS = 10;

/** Starts a thread that runs `program`, a file that calls `serveTasks`. */
export function startThread<Task, Result>(program: string): Thread<Task, Result> {
  const worker = new Worker(join(import.meta.dirname, 'run-program.mjs'), {
    workerData: { program: pathToFileURL(program).href },
    // The thread needs neither the secrets in the environment nor the flags of the server.
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB },
  });
  let isGone = false;
  /** CPU time of the thread when it last reported. */
  let usedMs = 0;
  worker.once('exit', () => {
    isGone = true;
  });
  // An `error` event without a listener would end the server.
  worker.on('error', () => {});
  const started = waitForReport<Result>(worker, START_TIMEOUT_MS);
  return {
    async perform(task, cpuLimitMs) {
      const first = await started;
      if (first.kind !== 'ready') return { kind: 'lost', reason: describeFailedStart(first) };
      if (isGone) return { kind: 'lost', reason: 'The thread ended while it was idle.' };
      usedMs = Math.max(usedMs, first.cpuMs);
      const next = waitForReport<Result>(worker, cpuLimitMs * MAX_STRETCH, { usedMs, limitMs: cpuLimitMs });
      worker.postMessage(task);
      const report = await next;
      if ('cpuMs' in report) usedMs = report.cpuMs;
      return report.kind === 'ready' ? { kind: 'lost', reason: 'The thread started twice.' } : report;
    },
    isGone: () => isGone,
    hold: () => worker.ref(),
    release: () => worker.unref(),
    async end() {
      await worker.terminate();
    },
  };
}

/** Resolves when the thread reports, ends, or has used the CPU time that is left to it. */
function waitForReport<Result>(
  worker: Worker,
  timeoutMs: number,
  cpu?: CpuAllowance,
): Promise<Report<Result> | Outcome<Result>> {
  const { promise, resolve } = Promise.withResolvers<Report<Result> | Outcome<Result>>();
  const lose = (reason: string) => resolve({ kind: 'lost', reason });
  const exceed = () => resolve({ kind: 'exceeded' });
  const onError = (error: unknown) => (isOutOfMemory(error) ? exceed() : lose(String(error)));
  const onExit = (code: number) => lose(`The thread ended with exit code ${code}.`);
  worker.on('message', resolve).on('error', onError).on('exit', onExit);
  const timeout = setTimeout(() => lose(`The thread did not report within ${timeoutMs} ms.`), timeoutMs);
  const stopWatching = cpu && watchCpuTime(worker, cpu, exceed);
  return promise.finally(() => {
    clearTimeout(timeout);
    stopWatching?.();
    worker.off('message', resolve).off('error', onError).off('exit', onExit);
  });
}

/** `usedMs`: used by the thread before the task. `limitMs`: available to the task. */
type CpuAllowance = { usedMs: number; limitMs: number };

/** CPU time never grows faster than real time, so the next check can wait until the limit could be reached. */
function watchCpuTime(worker: Worker, { usedMs, limitMs }: CpuAllowance, onExceeded: () => void) {
  let timer = setTimeout(check, limitMs);
  let isStopped = false;

  async function check(): Promise<void> {
    const leftMs = usedMs + limitMs - (await readCpuMs(worker));
    if (isStopped) return;
    if (leftMs <= 0) onExceeded();
    else timer = setTimeout(check, Math.max(leftMs, MIN_PAUSE_MS));
  }

  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

/** Returns 0 if the thread has ended. Its `exit` event reports that. */
async function readCpuMs(worker: Worker): Promise<number> {
  const { user, system } = await worker.cpuUsage().catch(() => ({ user: 0, system: 0 }));
  return (user + system) / 1000;
}

function isOutOfMemory(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function describeFailedStart(first: Exclude<Report<unknown>, { kind: 'ready' }> | Outcome<unknown>): string {
  const reason = 'reason' in first ? first.reason : `Its first message was "${first.kind}".`;
  return `The thread does not start: ${reason}`;
}
