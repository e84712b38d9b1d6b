import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** Logs one line for each response. It has no headers and no query, because those may contain secrets. */
export const logRequests = fp(async (app: FastifyInstance) => {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const [path] = request.url.split('?', 1);
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, path, status: reply.statusCode, milliseconds }, 'request completed');
  });
});
