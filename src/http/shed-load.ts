import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { DomainError } from '../errors.ts';

/** Milliseconds by which the process may be late more often than not; a long pause alone does not count. */
const MAX_DELAY = 500;
const PERIOD = 2_000;
const FEWEST_SAMPLES = 3;
/** Requests that may wait for a connection. */
const MOST_WAITING = 100;

/**
 * Refuses what would have to wait for long, so that what is under way gets done. It holds for the requests of the
 * scope that come this far: what is answered from the cache does not.
 */
export function refuseWhenLate(content: FastifyInstance): void {
  const readDelay = watchDelay(content);
  content.addHook('onRequest', (_request, _reply, goOn) => {
    goOn(readDelay() > MAX_DELAY ? overloaded() : undefined);
  });
}

/** The same where all connections of the pool are in use and many wait for one. */
export function refuseWhenCrowded(content: FastifyInstance, pool: Pick<pg.Pool, 'waitingCount'>): void {
  content.addHook('onRequest', (_request, _reply, goOn) => {
    goOn(pool.waitingCount >= MOST_WAITING ? overloaded() : undefined);
  });
}

/**
 * Milliseconds by which the event loop is late. @fastify/under-pressure takes the average, and a pause of a second
 * as endless: after a start, or a large file, it refuses readers though nobody waits.
 */
function watchDelay(content: FastifyInstance): () => number {
  const resolution = 20;
  const histogram = monitorEventLoopDelay({ resolution });
  let delay = 0;
  const timer = setInterval(() => {
    delay = histogram.count < FEWEST_SAMPLES ? 0 : histogram.percentile(50) / 1e6 - resolution;
    histogram.reset();
  }, PERIOD).unref();
  histogram.enable();
  content.addHook('onClose', async () => {
    clearInterval(timer);
    histogram.disable();
  });
  return () => delay;
}

function overloaded(): DomainError {
  return new DomainError('unavailable', 'overloaded', 'Too much is asked at the moment; try again soon.');
}
