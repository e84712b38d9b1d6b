import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { overloaded } from '../errors.ts';

/**
 * The highest median delay of the event loop. With more, the node would soon miss the time limit of change
 * notifications, and could no longer answer from its cache.
 */
const MAX_DELAY_MS = 200;
const PERIOD_MS = 2_000;
const MIN_SAMPLES = 3;

/**
 * Refuses new requests while the event loop is late, so that requests in progress are completed. Answers from the cache
 * do not reach this hook, so they continue.
 */
export function refuseWhenEventLoopLags(content: FastifyInstance): void {
  const readDelay = watchDelay(content);
  content.addHook('onRequest', (_request, _reply, next) => {
    next(readDelay() > MAX_DELAY_MS ? overloaded() : undefined);
  });
}

/** Refuses new requests while `maxWaiting` or more wait for a connection of the pool. */
export function refuseWhenPoolIsBusy(
  content: FastifyInstance,
  pool: Pick<pg.Pool, 'waitingCount'>,
  maxWaiting: number,
): void {
  content.addHook('onRequest', (_request, _reply, next) => {
    next(pool.waitingCount >= maxWaiting ? overloaded() : undefined);
  });
}

/**
 * Returns a function that reads the median delay of the event loop in milliseconds. @fastify/under-pressure is not used
 * because it takes the mean: after one long pause, such as the start, it refuses requests although nothing waits.
 */
function watchDelay(content: FastifyInstance): () => number {
  const resolution = 20;
  const histogram = monitorEventLoopDelay({ resolution });
  let delay = 0;
  const timer = setInterval(() => {
    // A late event loop gives fewer samples, so a period may be extended.
    if (histogram.count < MIN_SAMPLES) return;
    delay = histogram.percentile(50) / 1e6 - resolution;
    histogram.reset();
  }, PERIOD_MS).unref();
  histogram.enable();
  content.addHook('onClose', async () => {
    clearInterval(timer);
    histogram.disable();
  });
  return () => delay;
}
