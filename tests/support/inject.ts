import type { FastifyInstance } from 'fastify';
import inject, { type InjectOptions, type Response } from 'light-my-request';

/** Like `app.inject`, but through the HTTP server, which answers cached responses before the app sees the request. */
export async function injectAtDoor(app: FastifyInstance, options: InjectOptions | string): Promise<Response> {
  await app.ready();
  return inject((request, response) => app.server.emit('request', request, response), options);
}
