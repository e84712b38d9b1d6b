import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { needsBody } from './request-body.ts';

/**
 * JSON must be UTF-8 (RFC 8259, section 8.1), so invalid bytes are refused and not replaced. Many clients send a
 * Content-Type with every request, so an operation that can do without a body accepts that header without one.
 */
export function parseJsonBodies(app: FastifyInstance): void {
  const parse = app.getDefaultJsonParser('error', 'error');
  app.addContentTypeParser<Buffer>('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0 && !needsBody(request)) done(null, undefined);
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
