import type { FastifyBaseLogger } from 'fastify';
import { listenTo } from './listen.ts';
import { type RecurringWork, runRepeatedly } from './run-repeatedly.ts';

/** All work that recurs without being asked for. server.ts hands in what it does. */
export type RecurringTasks = {
  /** Woken when any node schedules an issue. */
  publishDueIssues: WokenTask;
  /** Woken when any node stores an image, or is told of another focal point. */
  renderDueVariants: WokenTask;
  /** Comes when it comes: what it removes has been of no use for a day. */
  sweepMedia: Task;
};

type Task = Omit<RecurringWork, 'name'>;
type WokenTask = Task & { channel: string };

export type Background = { stop(): Promise<void> };

export function startBackground(url: string, tasks: RecurringTasks, log: FastifyBaseLogger): Background {
  const started = Object.entries(tasks).flatMap(
    ([name, { channel, ...task }]: [string, Task & { channel?: string }]) => {
      const runner = runRepeatedly({ name, ...task }, log);
      return channel === undefined ? [runner] : [runner, listenTo(url, channel, runner.wake, log)];
    },
  );
  return {
    async stop() {
      await Promise.all(started.map((part) => part.stop()));
    },
  };
}
