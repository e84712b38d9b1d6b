import type { FastifyBaseLogger } from 'fastify';
import { listenTo, type Subscription } from './listen.ts';
import { type RecurringWork, type Runner, runRepeatedly } from './run-repeatedly.ts';

/** All work that recurs without being asked for. server.ts hands in what it does. */
export type RecurringTasks = {
  /** Woken when any node schedules an issue. */
  publishDueIssues: WokenTask;
  /** Woken when any node stores an image, or is told of another focal point. */
  renderDueRenditions: WokenTask;
  /** Woken when any node takes an import in. */
  importPapers: WokenTask;
  /** Registries are asked again and again, later and later. */
  completePapers: Task;
  /** Comes when it comes: what it removes has been of no use for a day. */
  sweepMedia: Task;
};

type Task = Omit<RecurringWork, 'name'>;
type WokenTask = Task & { channel: string };

export type Background = { stop(): Promise<void> };

/** `others`: who else wants to hear of what the nodes tell each other. */
export function startBackground(
  url: string,
  tasks: RecurringTasks,
  others: readonly Subscription[],
  log: FastifyBaseLogger,
): Background {
  const wakes: Subscription[] = [];
  const runners = Object.entries(tasks).map(
    ([name, { channel, ...task }]: [string, Task & { channel?: string }]) => {
      const runner = runRepeatedly({ name, ...task }, log);
      if (channel !== undefined) wakes.push(wakeOn(channel, runner));
      return runner;
    },
  );
  const listener = listenTo(url, [...wakes, ...others], log);
  return {
    async stop() {
      await Promise.all([listener, ...runners].map((part) => part.stop()));
    },
  };
}

function wakeOn(channel: string, { wake }: Runner): Subscription {
  return { channel, onNotify: wake, onConnect: wake };
}
