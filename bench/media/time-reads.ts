import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between the reads of one reader */
const PAUSE = 20;

/** Reads an address again and again while `work` goes on, and answers with how many milliseconds each read took. */
export async function timeReads<T>(
  url: string,
  work: () => Promise<T>,
): Promise<{ result: T; times: number[] }> {
  const times: number[] = [];
  const done = work();
  while (!(await Promise.race([done.then(() => true), sleep(PAUSE, false)]))) {
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
