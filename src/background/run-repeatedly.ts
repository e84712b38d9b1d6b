import type { FastifyBaseLogger } from 'fastify';

export type RecurringWork = {
  /** The sentence that it performs, as in publishDueIssues. */
  name: string;
  /**
   * Does what is to be done and answers in how many milliseconds there is more; null: not known. Once
   * `stopping` is aborted it ends as soon as it can.
   */
  run(stopping: AbortSignal): Promise<number | null>;
  /**
   * Milliseconds; it bounds how late a wake-up that got lost can make us. After an error the work pauses for
   * half of it.
   */
  longestSleep?: number;
};

export type Runner = {
  /** There may be something to do sooner than thought. */
  wake(): void;
  /** Resolves when the work under way has ended. */
  stop(): Promise<void>;
};

/** Milliseconds, where the work says no other. */
const LONGEST_SLEEP = 2_000;
const SHORTEST_SLEEP = 2;

/** Runs the work, sleeps as long as it says, and so on, until stopped. Wake-ups while it runs count as one. */
export function runRepeatedly(work: RecurringWork, log: FastifyBaseLogger): Runner {
  const stopping = new AbortController();
  let isWoken = false;
  let endSleep = () => {};

  const sleep = (milliseconds: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      endSleep = () => {
        clearTimeout(timer);
        resolve();
      };
    });

  async function loop(): Promise<void> {
    while (!stopping.signal.aborted) {
      isWoken = false;
      const wait = await runOnce(work, stopping.signal, log);
      if (!isWoken && !stopping.signal.aborted) await sleep(wait);
    }
  }

  const ended = loop();
  return {
    wake() {
      isWoken = true;
      endSleep();
    },
    async stop() {
      stopping.abort();
      endSleep();
      await ended;
    },
  };
}

async function runOnce(work: RecurringWork, stopping: AbortSignal, log: FastifyBaseLogger): Promise<number> {
  const { longestSleep = LONGEST_SLEEP } = work;
  try {
    const next = await work.run(stopping);
    return Math.min(Math.max(next ?? longestSleep, SHORTEST_SLEEP), longestSleep);
  } catch (error) {
    log.error({ err: error, work: work.name }, 'recurring work failed');
    return longestSleep / 2;
  }
}
