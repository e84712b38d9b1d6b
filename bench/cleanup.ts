export type Cleanup = {
  add(step: () => Promise<unknown>): void;
  /** Adds the stop of what was started, and returns it. */
  addStopOf<T extends { stop(): Promise<void> }>(started: T): T;
  /** Runs the steps in reverse order. A failed step does not prevent the others. */
  run(): Promise<void>;
};

/** The steps also run when the process gets a signal to end. */
export function makeCleanup(): Cleanup {
  const steps: (() => Promise<unknown>)[] = [];
  let running: Promise<void> | undefined;

  async function runSteps(): Promise<void> {
    for (let step = steps.pop(); step; step = steps.pop()) {
      await step().catch((error: unknown) => process.stderr.write(`${error}\n`));
    }
  }

  function run(): Promise<void> {
    running ??= runSteps();
    return running;
  }

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void run().then(() => process.exit(1)));
  }
  return {
    add: (step) => void steps.push(step),
    addStopOf(started) {
      steps.push(() => started.stop());
      return started;
    },
    run,
  };
}
