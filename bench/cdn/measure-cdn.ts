import { setTimeout as sleep } from 'node:timers/promises';
import { adminClient } from '../admin-client.ts';
import { BUSY_ISSUES, correct, publishBusyLetter } from '../busy-letter.ts';
import type { Cleanup } from '../cleanup.ts';
import { ADMIN_KEY, type Place, startMasthead } from '../servers.ts';
import { quantile } from '../statistics.ts';
import { read } from './read.ts';
import { findFreePort, startVarnish } from './varnish.ts';

const CONNECTIONS = 20;
const READ_INTERVAL_MS = 10;
const CORRECTION_INTERVAL_MS = 1_000;
/** A correction must be shown within this time. */
const FRESHNESS_TIMEOUT_MS = 10_000;

export type MeasuredCdn = {
  seconds: number;
  readsPerSecond: number;
  /** The share of reads that Varnish answered without a request to Masthead. */
  hitRate: number;
  corrections: number;
  /** Milliseconds from the response to a correction until a reader sees it through Varnish. */
  freshness: { median: number; p95: number; max: number };
};

/** Measures readers behind Varnish while an editor corrects one of their issues each second. */
export async function measureCdn(place: Place, seconds: number, cleanup: Cleanup): Promise<MeasuredCdn> {
  const port = await findFreePort();
  const front = `http://127.0.0.1:${port}`;
  const node = cleanup.addStopOf(await startMasthead(place, { CDN_PURGE_URLS: `${front}/` }));
  const issueIds = await publishBusyLetter(adminClient([node.origin], ADMIN_KEY));
  cleanup.addStopOf(await startVarnish(place.directory, node.origin, port));

  const base = `${front}/content/v1/newsletters/busy/issues`;
  const readers = startReaders(base);
  // Gives the readers time to fill the cache again after the purge at the start.
  await sleep(3_000);
  readers.startCounting();
  const delays = await correctForAWhile(node.origin, base, issueIds, seconds);
  const { reads, hits, took } = await readers.stop();
  return {
    seconds: took / 1_000,
    readsPerSecond: reads / (took / 1_000),
    hitRate: hits / reads,
    corrections: delays.length,
    freshness: { median: quantile(delays, 0.5), p95: quantile(delays, 0.95), max: quantile(delays, 1) },
  };
}

function startReaders(base: string) {
  let [isOver, reads, hits, since] = [false, 0, 0, 0];
  const readOn = async () => {
    while (!isOver) {
      const { status, isHit } = await read(`${base}/${1 + Math.floor(Math.random() * BUSY_ISSUES)}`);
      if (status !== 200) throw new Error(`A reader got the status ${status}`);
      reads += 1;
      hits += Number(isHit);
      await sleep(READ_INTERVAL_MS);
    }
  };
  const ended = Promise.all(Array.from({ length: CONNECTIONS }, readOn));
  // A failure is reported by `stop`.
  ended.catch(() => {});
  return {
    startCounting() {
      [reads, hits, since] = [0, 0, performance.now()];
    },
    async stop() {
      const took = performance.now() - since;
      isOver = true;
      await ended;
      return { reads, hits, took };
    },
  };
}

async function correctForAWhile(
  origin: string,
  base: string,
  issueIds: readonly string[],
  seconds: number,
): Promise<number[]> {
  const delays: number[] = [];
  const end = performance.now() + seconds * 1_000;
  for (let count = 0; performance.now() < end; count += 1) {
    const startedAt = performance.now();
    const index = count % issueIds.length;
    const subtitle = `Corrected for the ${count + 1}th time`;
    await correct(origin, `${issueIds[index]}`, subtitle);
    delays.push(await waitUntilShown(`${base}/${index + 1}`, subtitle));
    await sleep(Math.max(0, CORRECTION_INTERVAL_MS - (performance.now() - startedAt)));
  }
  return delays;
}

/** Returns the milliseconds that it took. */
async function waitUntilShown(url: string, words: string): Promise<number> {
  const acknowledgedAt = performance.now();
  for (;;) {
    const { body } = await read(url);
    const delay = performance.now() - acknowledgedAt;
    if (body.includes(words)) return delay;
    if (delay > FRESHNESS_TIMEOUT_MS)
      throw new Error(`${url} did not show the correction within ${FRESHNESS_TIMEOUT_MS} ms`);
  }
}
