import type { FastifyBaseLogger } from 'fastify';
import { type Listener, listenTo } from './listen.ts';
import { type RecurringWork, type Runner, runRepeatedly } from './run-repeatedly.ts';

/** All work that recurs without being asked for. server.ts hands in what it does. */
export type RecurringTasks = {
  /** Woken when any node schedules an issue. */
  publishDueIssues: { run: RecurringWork['run']; channel: string };
};

export type Background = { stop(): Promise<void> };

export function startBackground(url: string, tasks: RecurringTasks, log: FastifyBaseLogger): Background {
  const started = Object.entries(tasks).map(([name, { run, channel }]): [Runner, Listener] => {
    const runner = runRepeatedly({ name, run }, log);
    return [runner, listenTo(url, channel, runner.wake, log)];
  });
  return {
    async stop() {
      await Promise.all(started.flat().map((part) => part.stop()));
    },
  };
}
