import type { FastifyBaseLogger } from 'fastify';
import { listenTo, type Subscription } from './listen.ts';
import { type RecurringWork, type Runner, runRepeatedly } from './run-repeatedly.ts';

/** All recurring background work. server.ts passes in the functions that do it. */
export type RecurringTasks = {
  /** Woken when any node schedules an issue. */
  publishDueIssues: WokenTask;
  /** Woken when any node schedules an issue. */
  stageScheduledIssues: WokenTask;
  /** Woken when an edition goes live on any node. */
  indexLiveTexts: WokenTask;
  /** Woken when any node stores an image or changes a focal point. */
  renderDueRenditions: WokenTask;
  /** Woken when any node accepts an import. */
  importPapers: WokenTask;
  /** Polls: whether a newer release has changed the database. */
  watchRelease: Task;
  /** Polls: it asks registries again after growing intervals. */
  completePapers: Task;
  /** Polls: the files that it removes have been unused for a day, so it is not urgent. */
  sweepMedia: Task;
};

type Task = Omit<RecurringWork, 'name'>;
type WokenTask = Task & { channel: string };

export type Background = { stop(): Promise<void> };

/** Starts the tasks, and one listener for their wake-ups and for `subscriptions`. */
export function startBackground(
  url: string,
  tasks: RecurringTasks,
  subscriptions: readonly Subscription[],
  log: FastifyBaseLogger,
): Background {
  const wakeUps: Subscription[] = [];
  const runners = Object.entries(tasks).map(
    ([name, { channel, ...task }]: [string, Task & { channel?: string }]) => {
      const runner = runRepeatedly({ name, ...task }, log);
      if (channel !== undefined) wakeUps.push(wakeOn(channel, runner));
      return runner;
    },
  );
  const listener = listenTo(url, [...wakeUps, ...subscriptions], log);
  return {
    async stop() {
      await Promise.all([listener, ...runners].map((part) => part.stop()));
    },
  };
}

function wakeOn(channel: string, { wake }: Runner): Subscription {
  return { channel, onNotify: wake, onConnect: wake };
}
