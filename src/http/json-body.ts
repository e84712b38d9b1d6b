import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/**
 * JSON is UTF-8 (RFC 8259, 8.1): other bytes are refused, not replaced. Many clients send a Content-Type with
 * every request: a DELETE that has it and no body is no fault.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0 && request.method === 'DELETE') done(null, undefined);
    else if (!isUtf8(body)) done(new NotUtf8Error());
    else parse(request, body.toString(), done);
  });
}

class NotUtf8Error extends Error {
  readonly statusCode = 400;
  readonly code = 'not_utf8';

  constructor() {
    super('The body is not valid UTF-8.');
  }
}
