import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers a CORS preflight of public content, which every origin may read. Browsers send one before a script's request
 * with If-None-Match, and some before one with Range.
 */
export async function answerPreflight(request: FastifyRequest, reply: FastifyReply) {
  return stateAllowed(request, reply)
    .code(204)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': '*',
      'access-control-max-age': '86400',
    })
    .send();
}

/** Every answer to OPTIONS lists the methods of the path, if it has operations: RFC 9110, section 9.3.7. */
export async function addAllow(request: FastifyRequest, reply: FastifyReply): Promise<void> {
  if (request.method === 'OPTIONS') stateAllowed(request, reply);
}

function stateAllowed(request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const allowed = request.server.allowedMethods(request.url);
  return allowed.length === 0 ? reply : reply.header('allow', allowed.join(', '));
}
