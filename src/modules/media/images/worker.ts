import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import { setPriority } from 'node:os';
import { join } from 'node:path';
import { type Report, report, type Task } from './process/messages.ts';

/** `lost`: the process ended, or is to be ended, before it said what came of the task, or even that it had begun with it. */
export type Outcome = Report | { kind: 'lost'; reason: string; hasBegun: boolean };

export type Worker = {
  pid: number | undefined;
  /** One task at a time. Throws where the process does not start. `within`: milliseconds, once it has begun. */
  perform(task: Task, within: number, signal: AbortSignal): Promise<Outcome>;
  isGone(): boolean;
  /** While it is held, it keeps this process from ending. */
  hold(): void;
  release(): void;
  end(): Promise<void>;
};

const PROGRAM = join(import.meta.dirname, 'image-worker.ts');
/** Milliseconds for loading the decoders, and for taking up a task, on a machine that is busy. */
const START_WITHIN = 60_000;

/** `niceness`: 0 is as important as the server, 19 the least. */
export function startWorker(niceness: number): Worker {
  const child = fork(PROGRAM, [], {
    // Nothing of the server's: neither its secrets nor the flags it was started with. Its heap is for words and drawings.
    env: {},
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const lastWords = keepLastWords(child);
  // At once, since threads inherit it when they start.
  if (child.pid !== undefined && niceness > 0) setPriority(child.pid, niceness);
  const ready = waitForReport(child);
  return {
    pid: child.pid,
    async perform(task, within, signal) {
      const first = await ready;
      if (first.kind !== 'ready') {
        throw new Error(`The image process does not start: ${describe(first)} ${lastWords()}`.trim());
      }
      const report = waitForReport(child, { within, signal });
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
  { within = START_WITHIN, signal }: { within?: number; signal?: AbortSignal } = {},
): Promise<Outcome> {
  const { promise, resolve } = Promise.withResolvers<Outcome>();
  let hasBegun = false;
  const lose = (reason: string) => resolve({ kind: 'lost', reason, hasBegun });
  const limit = (milliseconds: number) =>
    setTimeout(() => lose(`It took longer than ${milliseconds} ms.`), milliseconds);
  let timer = limit(START_WITHIN);
  const onMessage = (message: unknown) => {
    const { data } = report.safeParse(message);
    if (data === undefined) return lose('It said what it cannot have to say.');
    if (data.kind !== 'begun') return resolve(data);
    hasBegun = true;
    clearTimeout(timer);
    timer = limit(within);
  };
  const onExit = (code: number | null, killedBy: string | null) => lose(`It ended with ${killedBy ?? code}.`);
  const onError = (error: Error) => lose(error.message);
  const onAbort = () => lose('It was called off.');
  child.on('message', onMessage).on('exit', onExit).on('error', onError);
  signal?.addEventListener('abort', onAbort);
  if (signal?.aborted) onAbort();
  if (isGone(child)) onExit(child.exitCode, child.signalCode);
  return promise.finally(() => {
    clearTimeout(timer);
    child.off('message', onMessage).off('exit', onExit).off('error', onError);
    signal?.removeEventListener('abort', onAbort);
  });
}

function describe(outcome: Outcome): string {
  return outcome.kind === 'lost' ? outcome.reason : `It said ${outcome.kind} first.`;
}

function isGone(child: ChildProcess): boolean {
  return child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
}

/** The end of what it wrote to stderr, which is why it could not start. */
function keepLastWords(child: ChildProcess): () => string {
  let words = '';
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    words = (words + chunk).slice(-2000);
  });
  // What it is about reaches those who wait for a report.
  child.on('error', () => {});
  return () => words;
}

function handlesOf(child: ChildProcess): { ref(): void; unref(): void }[] {
  const { channel, stderr } = child;
  return [child, ...(channel ? [channel] : []), ...(stderr instanceof Socket ? [stderr] : [])];
}
