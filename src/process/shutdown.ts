import type { Logger } from 'pino';

/** The process exits after this time even if a step has not finished. */
const SHUTDOWN_TIMEOUT_MS = 15_000;
/** Signals this close together count as one, because npm forwards the Ctrl-C that the process receives as well. */
const SAME_SIGNAL_MS = 500;
const PARENT_CHECK_INTERVAL_MS = 500;

/** `isUrgent`: somebody waits for the process to end, so it does not wait for clients longer than needed. */
type Step = { name: string; close: (isUrgent: boolean) => Promise<unknown> };

export type Shutdown = {
  /** Adds a step. Steps run in reverse order: the last one added runs first. */
  add(name: string, close: Step['close']): void;
  /** Delays the shutdown until the start has finished or failed, because a half-started process cannot be closed. */
  waitFor(starting: Promise<unknown>): void;
  /** Runs all steps and exits the process. */
  run(exitCode: number, isUrgent?: boolean): Promise<void>;
};

/**
 * Shuts down on SIGINT and SIGTERM. A second signal exits the process immediately. SIGINT is urgent, because it is what Ctrl-C
 * sends.
 */
export function closeOnSignals(log: Logger): Shutdown {
  const steps: Step[] = [];
  let starting: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  let signalledAt: number | undefined;

  async function close(exitCode: number, isUrgent: boolean): Promise<void> {
    setTimeout(() => process.exit(1), SHUTDOWN_TIMEOUT_MS).unref();
    await starting.catch(() => {});
    for (const { name, close } of steps.toReversed()) {
      await close(isUrgent).catch((error: unknown) =>
        log.error({ err: error, step: name }, 'a shutdown step failed'),
      );
    }
    process.exit(exitCode);
  }

  const shutdown: Shutdown = {
    add: (name, close) => void steps.push({ name, close }),
    waitFor: (promise) => {
      starting = promise;
    },
    run: (exitCode, isUrgent = true) => (closing ??= close(exitCode, isUrgent)),
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signalledAt !== undefined && performance.now() - signalledAt > SAME_SIGNAL_MS) process.exit(1);
      if (signalledAt !== undefined) return;
      signalledAt = performance.now();
      log.info({ signal }, 'shutting down');
      void shutdown.run(0, signal === 'SIGINT');
    });
  }
  return shutdown;
}

/**
 * Shuts down when the parent process has ended. npm forwards SIGINT and SIGTERM to the scripts that it runs, but a script
 * keeps running if npm is killed or its terminal is closed.
 */
export function closeWithParent(shutdown: Shutdown, log: Logger): void {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    log.info('shutting down, because the parent process has ended');
    void shutdown.run(0);
  }, PARENT_CHECK_INTERVAL_MS);
  timer.unref();
}
