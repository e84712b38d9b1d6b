import type { FastifyReply, FastifyRequest } from 'fastify';

/** A browser asks before it sends If-None-Match, or some a Range, from a script. What is public is open to all. */
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
