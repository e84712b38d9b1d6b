import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

const UNKNOWN_PATH = '(unknown path)';

/**
 * Logs one line for each response. It has the pattern of the path instead of the path, no headers and no query, because
 * a key may have been typed into any of them.
 */
export const logRequests = fp(async (app: FastifyInstance) => {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const path = request.is404 ? UNKNOWN_PATH : request.routeOptions.url;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, path, status: reply.statusCode, milliseconds }, 'request completed');
  });
});
