import type { Logger } from 'pino';

/** Milliseconds that closing may take before the process ends all the same. */
const PATIENCE = 15_000;
/** Milliseconds within which signals are one: a terminal's Ctrl-C comes from it and, once more, from npm. */
const ONE_KEYSTROKE = 500;

type Step = { name: string; close: () => Promise<unknown> };

export type Shutdown = {
  /** Closed before everything that was added earlier. */
  add(name: string, close: Step['close']): void;
  /** Closing waits for it: what is half started could not be closed. */
  waitFor(starting: Promise<unknown>): void;
  /** Closes all, the last first, and ends the process. */
  run(exitCode: number): Promise<void>;
};

/** Closes in order on SIGINT and SIGTERM; a second signal ends the process at once. */
export function closeOnSignals(log: Logger): Shutdown {
  const steps: Step[] = [];
  let starting: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  let signalledAt: number | undefined;

  async function close(exitCode: number): Promise<void> {
    setTimeout(() => process.exit(1), PATIENCE).unref();
    await starting.catch(() => {});
    for (const { name, close } of steps.toReversed()) {
      await close().catch((error: unknown) => log.error({ err: error, step: name }, 'closing failed'));
    }
    process.exit(exitCode);
  }

  const shutdown: Shutdown = {
    add: (name, close) => void steps.push({ name, close }),
    waitFor: (promise) => {
      starting = promise;
    },
    run: (exitCode) => (closing ??= close(exitCode)),
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (signalledAt !== undefined && performance.now() - signalledAt > ONE_KEYSTROKE) process.exit(1);
      if (signalledAt !== undefined) return;
      signalledAt = performance.now();
      log.info({ signal }, 'closing');
      void shutdown.run(0);
    });
  }
  return shutdown;
}
