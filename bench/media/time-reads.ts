import { setTimeout as sleep } from 'node:timers/promises';

const READ_INTERVAL_MS = 20;

/** Reads a URL repeatedly while `work` runs, and returns the milliseconds of each read. */
export async function timeReads<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ result: T; times: number[] }> {
  const times: number[] = [];
  const done = work();
  while (!(await Promise.race([done.then(() => true), sleep(READ_INTERVAL_MS, false)]))) {
    times.push(await timeRead(url));
  }
  return { result: await done, times };
}

async function timeRead(url: string): Promise<number> {
  const start = performance.now();
  const response = await fetch(url);
  await response.arrayBuffer();
  if (!response.ok) throw new Error(`GET ${url}: ${response.status}`);
  return performance.now() - start;
}
