import type { Logger } from 'pino';

/** Milliseconds that closing may take before the process ends all the same. */
const PATIENCE = 15_000;

type Step = { name: string; close: () => Promise<unknown> };

export type Shutdown = {
  /** Closed before everything that was added earlier. */
  add(name: string, close: Step['close']): void;
  /** Closes all, the last first, and ends the process. */
  run(exitCode: number): Promise<void>;
};

/** Closes in order on SIGINT and SIGTERM; a second signal ends the process at once. */
export function closeOnSignals(log: Logger): Shutdown {
  const steps: Step[] = [];
  let isClosing = false;

  async function run(exitCode: number): Promise<void> {
    isClosing = true;
    setTimeout(() => process.exit(1), PATIENCE).unref();
    for (const { name, close } of steps.toReversed()) {
      await close().catch((error: unknown) => log.error({ err: error, step: name }, 'closing failed'));
    }
    process.exit(exitCode);
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isClosing) process.exit(1);
      log.info({ signal }, 'closing');
      void run(0);
    });
  }
  return { add: (name, close) => void steps.push({ name, close }), run };
}
