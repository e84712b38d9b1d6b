import type { FastifyInstance } from 'fastify';
import inject, { type InjectOptions, type Response } from 'light-my-request';

/** As `app.inject`, which goes past the server that answers what is kept; this one comes in by its door. */
export async function injectAtDoor(app: FastifyInstance, options: InjectOptions | string): Promise<Response> {
  await app.ready();
  return inject((request, response) => app.server.emit('request', request, response), options);
}
