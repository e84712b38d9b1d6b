import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** One line for each request, when it is answered: no headers and no query, so no secrets. */
export const logRequests = fp(async (app: FastifyInstance) => {
  app.addHook('onResponse', async (request, reply) => {
    const { method } = request;
    const [path] = request.url.split('?', 1);
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ method, path, status: reply.statusCode, milliseconds }, 'answered');
  });
});
