import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { notFound } from '../errors.ts';
import { chooseEncoding } from '../prepared/choose-encoding.ts';
import type { Encoding, NextPage, PreparedResponse } from '../prepared/prepared-response.ts';
import type { Read, ResponseCache } from '../prepared/response-cache.ts';
import { findMatch } from './conditional.ts';
import { addressWithCursor, encodeCursor } from './pagination.ts';

/**
 * Answers what is kept before anything else of a request is looked at: of all that Fastify does, its routing alone
 * comes first. Add it before any other hook of the scope.
 */
export function answerFromCache(content: FastifyInstance, cache: ResponseCache): void {
  content.addHook('onRequest', (request, reply, goOn) => {
    const { method, url = '' } = request.raw;
    const kept = method === 'GET' || method === 'HEAD' ? cache.find(url) : null;
    if (kept === null) return goOn();
    const encoding = wantedEncoding(request);
    if (encoding !== null && !kept[encoding]) cache.encode(url, encoding);
    sendPrepared(request, reply, kept, encoding);
  });
}

/** Reads what is asked for, and keeps it for those who ask next. Null: there is no such `noun`. */
export async function answerKept(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  read: Read,
): Promise<FastifyReply> {
  return answerOnce(request, reply, noun, await cache.read(request.raw.url ?? '', read));
}

/** For what is asked for in too many ways to be worth keeping. */
export function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  prepared: PreparedResponse | null,
): FastifyReply {
  if (!prepared) throw notFound(noun);
  return sendPrepared(request, reply, prepared, wantedEncoding(request));
}

function wantedEncoding({ raw }: FastifyRequest): Encoding | null {
  return chooseEncoding(raw.headers['accept-encoding']);
}

/**
 * Past Fastify's own sending, which would look at every header and at the body once more. If-None-Match is decided
 * before the body is touched: RFC 9110, 13.2.2.
 */
function sendPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  prepared: PreparedResponse,
  encoding: Encoding | null,
): FastifyReply {
  reply.hijack();
  const known = request.raw.headers['if-none-match'];
  const notModified = known === undefined ? undefined : findMatch(known, prepared.notModified);
  if (notModified) {
    reply.raw.writeHead(304, notModified).end();
    return reply;
  }
  const { bytes, head } = (encoding && prepared[encoding]) || prepared.plain;
  reply.raw.writeHead(200, head);
  if (request.raw.method === 'HEAD') reply.raw.end();
  else reply.raw.end(bytes);
  return reply;
}

export function nextPageOf(request: FastifyRequest, key: unknown): NextPage {
  const cursor = encodeCursor(key);
  return { cursor, address: addressWithCursor(request.url, cursor) };
}

const cacheHeaders = z.object({
  etag: z.string().meta({ description: 'Of these bytes.' }),
  'cache-control': z.string(),
  'surrogate-key': z.string().meta({ description: 'For a CDN: what a change of which makes this stale.' }),
  vary: z.string().meta({ description: 'Bodies are also sent in brotli and gzip.' }),
  link: z.string().optional().meta({ description: 'Of a list: its next page, as rel="next".' }),
});

/** For the OpenAPI document: what the functions above may answer. */
export function prepared(
  schema: z.ZodType,
  description: string,
  contentType: `${string}/${string}` = 'application/json',
): Record<number, ZodOpenApiResponseObject> {
  return {
    200: { description, headers: cacheHeaders, content: { [contentType]: { schema } } },
    304: { description: 'It is what If-None-Match names.' },
  };
}
