import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';

/** Why the node wants no more requests, if it does not: it ends, or its code is older than the database. */
export type Traffic = { isDraining: boolean; isOutdated: boolean };

declare module 'fastify' {
  interface FastifyInstance {
    traffic: Traffic;
  }
}

/** Long enough for a load balancer that checks /health/ready every second to notice. */
const DRAIN_MS = 2_000;
const CHECK_INTERVAL_MS = 50;

/**
 * Answers requests for a while, with `Connection: close` and while /health/ready answers 503, so that clients use their
 * connections no more. A connection that is closed while a request is on its way is reset, and its client cannot know whether
 * the request was done. `isUrgent`: not longer than connections are open.
 */
export async function drain(app: FastifyInstance, isUrgent: boolean): Promise<void> {
  app.traffic.isDraining = true;
  const countConnections = promisify(app.server.getConnections.bind(app.server));
  const deadline = performance.now() + DRAIN_MS;
  while (performance.now() < deadline) {
    if (isUrgent && (await countConnections()) === 0) return;
    await sleep(CHECK_INTERVAL_MS);
  }
}
