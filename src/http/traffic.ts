import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { FastifyInstance } from 'fastify';

/** Whether the node should get no more requests, because it is shutting down or its code is older than the database. */
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
 * Answers requests for a while longer, with `Connection: close`, so that clients stop reusing their connections. Meanwhile
 * /health/ready answers 503. A connection that is closed while a request is on its way is reset, and its client cannot know
 * whether the request was done. `isUrgent`: stop as soon as no connection is open.
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
