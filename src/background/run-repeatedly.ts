import type { FastifyBaseLogger } from 'fastify';
import { isConnectionLost } from '../database/errors.ts';

export type RecurringWork = {
  /** For log lines, such as publishDueIssues. */
  name: string;
  /**
   * Does all work that is due. Resolves with the milliseconds until more is due, or null if that is not known. It must
   * end soon after `stopping` is aborted.
   */
  run(stopping: AbortSignal): Promise<number | null>;
  /**
   * The longest delay of the work if a wake-up is lost. The pause after an error is half of it, and at most a second if
   * the error is a lost database connection.
   */
  maxSleepMs?: number;
};

export type Runner = {
  /** Ends the sleep, because more work may be due now. */
  wake(): void;
  /** Resolves when the current run has ended. */
  stop(): Promise<void>;
};

const DEFAULT_MAX_SLEEP_MS = 2_000;
const MIN_SLEEP_MS = 2;
/** Pause after a lost connection. It doubles with each further loss. */
const FIRST_PAUSE_AFTER_LOSS_MS = 100;
const MAX_PAUSE_AFTER_LOSS_MS = 1_000;

/** Runs the work and sleeps until it is due again, until stopped. Wake-ups during a run start one more run. */
export function runRepeatedly(work: RecurringWork, log: FastifyBaseLogger): Runner {
  const { maxSleepMs = DEFAULT_MAX_SLEEP_MS } = work;
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

  /** Resolves with the milliseconds until the next run. */
  async function runOnce(): Promise<number> {
    try {
      const next = await work.run(stopping.signal);
      losses = 0;
      return Math.min(Math.max(next ?? maxSleepMs, MIN_SLEEP_MS), maxSleepMs);
    } catch (error) {
      log.error({ err: error, work: work.name }, 'recurring work failed');
      losses = isConnectionLost(error) ? losses + 1 : 0;
      return Math.min(losses > 0 ? pauseAfterLoss(losses) : Infinity, maxSleepMs / 2);
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
  return Math.min(FIRST_PAUSE_AFTER_LOSS_MS * 2 ** (losses - 1), MAX_PAUSE_AFTER_LOSS_MS);
}
