import type { FastifyBaseLogger } from 'fastify';
import { isConnectionLost } from '../database/errors.ts';

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
   * half of it; after the loss of its connection to the database it pauses for a second at most.
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
/** The pause after a lost connection. It doubles with each further loss. */
const FIRST_PAUSE_AFTER_LOSS_MS = 100;
const LONGEST_PAUSE_AFTER_LOSS_MS = 1_000;

/** Runs the work, sleeps as long as it says, and so on, until stopped. Wake-ups while it runs count as one. */
export function runRepeatedly(work: RecurringWork, log: FastifyBaseLogger): Runner {
  const { longestSleep = LONGEST_SLEEP } = work;
  const stopping = new AbortController();
  let isWoken = false;
  let losses = 0;
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
      const wait = await runOnce();
      if (!isWoken && !stopping.signal.aborted) await sleep(wait);
    }
  }

  /** Returns the milliseconds until the next run. */
  async function runOnce(): Promise<number> {
    try {
      const next = await work.run(stopping.signal);
      losses = 0;
      return Math.min(Math.max(next ?? longestSleep, SHORTEST_SLEEP), longestSleep);
    } catch (error) {
      log.error({ err: error, work: work.name }, 'recurring work failed');
      losses = isConnectionLost(error) ? losses + 1 : 0;
      return Math.min(losses > 0 ? pauseAfterLoss(losses) : Infinity, longestSleep / 2);
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

function pauseAfterLoss(losses: number): number {
  return Math.min(FIRST_PAUSE_AFTER_LOSS_MS * 2 ** (losses - 1), LONGEST_PAUSE_AFTER_LOSS_MS);
}
