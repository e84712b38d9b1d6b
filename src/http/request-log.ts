import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';

/** One line for each request, when it is answered: no headers, so no secrets. */
export const logRequests = fp(async (app: FastifyInstance) => {
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, id } = request;
    const milliseconds = Math.round(reply.elapsedTime);
    request.log.info({ id, method, url, status: reply.statusCode, milliseconds }, 'answered');
  });
});
