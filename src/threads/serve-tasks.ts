import { parentPort } from 'node:worker_threads';

/** A message from a thread to its pool. `cpuMs` is the CPU time that the thread has used since it started. */
export type Report<Result> =
  | { kind: 'ready'; cpuMs: number }
  | { kind: 'done'; result: Result; cpuMs: number }
  | { kind: 'failed'; reason: string; cpuMs: number };

/** Called in a thread of a pool. Performs one task at a time and reports its result. */
export function serveTasks<Task, Result>(perform: (task: Task) => Result): void {
  const port = parentPort;
  if (port === null) throw new Error('Only a thread can serve tasks.');
  const report = (message: Report<Result>) => port.postMessage(message);
  port.on('message', (task: Task) => report(attempt(perform, task)));
  report({ kind: 'ready', cpuMs: usedCpuMs() });
}

function attempt<Task, Result>(perform: (task: Task) => Result, task: Task): Report<Result> {
  try {
    return { kind: 'done', result: perform(task), cpuMs: usedCpuMs() };
  } catch (error) {
    const reason = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { kind: 'failed', reason, cpuMs: usedCpuMs() };
  }
}

function usedCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
