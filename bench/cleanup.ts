export type Cleanup = {
  add(step: () => Promise<unknown>): void;
  /** What was started is stopped with the rest. */
  addStopOf<T extends { stop(): Promise<void> }>(started: T): T;
  /** The last first; a step that fails keeps none of the others from being done. */
  run(): Promise<void>;
};

/** Runs when it is asked to, and when the process is told to end. */
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
