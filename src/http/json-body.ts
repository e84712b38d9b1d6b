import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';

/**
 * JSON must be UTF-8 (RFC 8259, section 8.1), so invalid bytes are refused and not replaced. A DELETE may have a
 * Content-Type without a body, because many clients send that header with every request.
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
