import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.ts';
import { type LoadCount, type LoadOrder, type LoadTarget, loadAnswer } from './load-target.ts';

export type Load = {
  start(target: LoadTarget): Promise<void>;
  /** Starts to count the request times. */
  begin(): Promise<LoadCount>;
  count(): Promise<LoadCount>;
  /** Stops the requests that `start` began. */
  pause(): Promise<void>;
  stop(): Promise<void>;
};

export async function startLoad(directory: string, cores: string | null): Promise<Load> {
  const child = await startChild({
    args: [fileURLToPath(import.meta.resolve('./load-generator.ts'))],
    cores,
    logFile: join(directory, 'load.log'),
  });
  async function order(message: LoadOrder) {
    const answer = loadAnswer.parse(await child.ask(message));
    if ('fault' in answer) throw new Error(answer.fault);
    return answer;
  }
  return {
    start: async (target) => void (await order({ kind: 'start', target })),
    begin: () => order({ kind: 'begin' }),
    count: () => order({ kind: 'count' }),
    pause: async () => void (await order({ kind: 'stop' })),
    stop: child.stop,
  };
}
