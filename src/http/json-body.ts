import type { FastifyInstance } from 'fastify';

/** Many clients send a Content-Type with every request: a DELETE that has it and no body is no fault. */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<string>('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '' && request.method === 'DELETE') done(null, undefined);
    else parse(request, body, done);
  });
}
