import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import { VERSION } from '../lib/version.ts';
import { refusals } from './refusals.ts';
import type { Traffic } from './traffic.ts';

const health = z
  .object({
    status: z.literal('ok'),
    version: z.string().meta({ description: 'The release of Masthead that the node runs.' }),
  })
  .meta({ id: 'Health', examples: [{ status: 'ok', version: '0.1.0' }] });

const PING_TIMEOUT_MS = 2_000;

const HEALTHY: z.infer<typeof health> = { status: 'ok', version: VERSION };

type Options = { ping: () => Promise<unknown>; traffic: Traffic };

/** `ping` resolves when the database answers. Health checks at the same time share one call. */
export const healthRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { ping, traffic }) => {
  const isDatabaseUp = checkWithin(PING_TIMEOUT_MS, ping);

  app.route({
    method: 'GET',
    url: '/health/live',
    schema: {
      operationId: 'getLiveness',
      tags: ['Health'],
      summary: 'Check that the process is alive',
      description: 'Does not query the database. A process that does not answer should be restarted.',
      security: [],
      response: {
        200: { description: 'The process is alive.', content: { 'application/json': { schema: health } } },
      },
    },
    handler: async (_request, reply) => reply.header('cache-control', 'no-store').send(HEALTHY),
  });

  app.route({
    method: 'GET',
    url: '/health/ready',
    schema: {
      operationId: 'getReadinessOfNode',
      tags: ['Health'],
      summary: 'Check that the node is ready to serve requests',
      description:
        'Queries the database and waits at most 2 seconds. A load balancer should send no requests to a node that answers 503.',
      security: [],
      response: {
        200: { description: 'The node is ready.', content: { 'application/json': { schema: health } } },
        ...refusals(503),
      },
    },
    handler: async (_request, reply) => {
      if (traffic.isDraining)
        throw new DomainError('unavailable', 'shutting_down', 'The node is shutting down.');
      if (traffic.isOutdated)
        throw new DomainError('unavailable', 'outdated', 'The database is newer than the code of this node.');
      if (!(await isDatabaseUp()))
        throw new DomainError('unavailable', 'database_unavailable', 'The database does not answer.');
      return reply.header('cache-control', 'no-store').send(HEALTHY);
    },
  });
};

/** A call that is still pending is shared, so that a database that does not answer is asked once. */
function checkWithin(milliseconds: number, check: () => Promise<unknown>): () => Promise<boolean> {
  let pending: Promise<boolean> | null = null;
  return () => {
    pending ??= check()
      .then(
        () => true,
        () => false,
      )
      .finally(() => {
        pending = null;
      });
    return Promise.race([pending, sleep(milliseconds, false, { ref: false })]);
  };
}
