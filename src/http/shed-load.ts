import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { FastifyInstance } from 'fastify';
import type pg from 'pg';
import { DomainError } from '../errors.ts';

/** Milliseconds by which the process may be behind, on average over the last period. */
const MAX_DELAY = 500;
const PERIOD = 500;
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
 * Milliseconds that the event loop was late. @fastify/under-pressure does this too, and takes a start that kept the
 * process busy for a second as endless delay: it then refuses the first readers.
 */
function watchDelay(content: FastifyInstance): () => number {
  const resolution = 20;
  const histogram = monitorEventLoopDelay({ resolution });
  let delay = 0;
  const timer = setInterval(() => {
    delay = histogram.count === 0 ? 0 : histogram.mean / 1e6 - resolution;
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
