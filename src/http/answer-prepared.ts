import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { notFound } from '../errors.ts';
import type { NextPage, PreparedResponse } from '../prepared/prepared-response.ts';
import { matchesEtag } from './conditional.ts';
import { addressWithCursor, encodeCursor } from './pagination.ts';

/** Null: there is no such `noun`. If-None-Match is decided before the body is touched. */
export function answerPrepared(
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  prepared: PreparedResponse | null,
): FastifyReply {
  if (!prepared) throw notFound(noun);
  reply.headers(prepared.headers);
  if (matchesEtag(request.headers['if-none-match'], prepared.etag)) return reply.code(304).send();
  return reply.send(prepared.bytes);
}

export function nextPageOf(request: FastifyRequest, key: unknown): NextPage {
  const cursor = encodeCursor(key);
  return { cursor, address: addressWithCursor(request.url, cursor) };
}

const cacheHeaders = z.object({
  etag: z.string().meta({ description: 'Of these bytes.' }),
  'cache-control': z.string(),
  'surrogate-key': z.string().meta({ description: 'For a CDN: what a change of which makes this stale.' }),
  link: z.string().optional().meta({ description: 'Of a list: its next page, as rel="next".' }),
});

/** For the OpenAPI document: what `answerPrepared` may answer. */
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
