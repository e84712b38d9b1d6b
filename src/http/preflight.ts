import type { FastifyReply, FastifyRequest } from 'fastify';

/**
 * Answers a CORS preflight of public content, which every origin may read. Browsers send one before a script's request
 * with If-None-Match, and some before one with Range.
 */
export async function answerPreflight(_request: FastifyRequest, reply: FastifyReply) {
  return reply
    .code(204)
    .headers({
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, HEAD, OPTIONS',
      'access-control-allow-headers': '*',
      'access-control-max-age': '86400',
    })
    .send();
}
