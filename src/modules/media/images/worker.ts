import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { join } from 'node:path';
import { type Report, report, type Task } from './process/messages.ts';

/** `ms`: for a whole task. `drawingMs`: for the drawing of an SVG, from its beginning. */
export type TimeLimits = { ms: number; drawingMs?: number };

/**
 * `lost`: the process ended, or must be ended, before it reported a result. `hasBegun`: it had started the task.
 * `exceeded`: the limit for which it must be ended, or null.
 */
export type Outcome =
  | Report
  | { kind: 'lost'; reason: string; hasBegun: boolean; exceeded: keyof TimeLimits | null };

export type Worker = {
  pid: number | undefined;
  /** Runs one task at a time. Throws if the process does not start. The time counts from the beginning of the task. */
  perform(task: Task, limits: TimeLimits, signal: AbortSignal): Promise<Outcome>;
  isGone(): boolean;
  /** Until `release`, the worker keeps the server process alive. */
  hold(): void;
  release(): void;
  end(): Promise<void>;
};

const PROGRAM = join(import.meta.dirname, 'image-worker.ts');
/** For loading the decoders, and for beginning a task. Generous, for busy machines. */
const START_TIMEOUT_MS = 60_000;

/** `niceness` is between 0, the priority of the server, and 19, the lowest priority. */
export function startWorker(niceness: number): Worker {
  const child = fork(PROGRAM, [String(niceness)], {
    // The worker gets neither the secrets in the environment nor the flags of the server. The heap limit covers metadata
    // and SVGs; pixels are outside the heap.
    env: {},
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const readStderrTail = captureStderrTail(child);
  const ready = waitForReport(child);
  return {
    pid: child.pid,
    async perform(task, limits, signal) {
      const first = await ready;
      if (first.kind !== 'ready') {
        throw new Error(`The image process does not start: ${describe(first)} ${readStderrTail()}`.trim());
      }
      const report = waitForReport(child, { limits, signal });
      child.send(task);
      return report;
    },
    isGone: () => isGone(child),
    hold: () => {
      for (const handle of handlesOf(child)) handle.ref();
    },
    release: () => {
      for (const handle of handlesOf(child)) handle.unref();
    },
    async end() {
      if (isGone(child)) return;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}

function waitForReport(
  child: ChildProcess,
  { limits, signal }: { limits?: TimeLimits; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let hasBegun = false;
  const lose = (reason: string, exceeded: keyof TimeLimits | null = null) =>
    resolve({ kind: 'lost', reason, hasBegun, exceeded });
  const startTimer = (limitMs: number, limit: keyof TimeLimits | null = null) =>
    setTimeout(() => lose(`The process took longer than ${limitMs} ms.`, limit), limitMs);
  const timers = [startTimer(START_TIMEOUT_MS)];
  const stopTimers = () => {
    for (const timer of timers.splice(0)) clearTimeout(timer);
  };
  const onMessage = (message: unknown) => {
    const { data } = report.safeParse(message);
    if (data === undefined) return lose('The process sent an invalid message.');
    if (limits === undefined || (data.kind !== 'begun' && data.kind !== 'drawing')) return resolve(data);
    if (data.kind === 'drawing') {
      if (limits.drawingMs !== undefined) timers.push(startTimer(limits.drawingMs, 'drawingMs'));
      return;
    }
    hasBegun = true;
    stopTimers();
    timers.push(startTimer(limits.ms, 'ms'));
  };
  const onExit = (code: number | null, killedBy: string | null) =>
    lose(`The process ended with ${killedBy ?? `exit code ${code}`}.`);
  const onError = (error: Error) => lose(error.message);
  const onAbort = () => lose('The task was cancelled.');
  child.on('message', onMessage).on('exit', onExit).on('error', onError);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  if (isGone(child)) onExit(child.exitCode, child.signalCode);
  return promise.finally(() => {
    stopTimers();
    child.off('message', onMessage).off('exit', onExit).off('error', onError);
    signal?.removeEventListener('abort', onAbort);
  });
}

function describe(outcome: Outcome): string {
  return outcome.kind === 'lost' ? outcome.reason : `The first message was "${outcome.kind}".`;
}

function isGone(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** Keeps the end of stderr, which tells why the process could not start. */
function captureStderrTail(child: ChildProcess): () => string {
  let tail = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    tail = (tail + chunk).slice(-2000);
  });
  // An `error` event without a listener would end the server. `waitForReport` handles the error.
  child.on('error', () => {});
  return () => tail;
}

function handlesOf(child: ChildProcess): { ref(): void; unref(): void }[] {
  const { channel, stderr } = child;
  return [child, ...(channel ? [channel] : []), ...(stderr instanceof Socket ? [stderr] : [])];
}
