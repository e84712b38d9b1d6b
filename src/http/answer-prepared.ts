import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { notFound } from '../errors.ts';
import { chooseEncoding } from '../prepared/choose-encoding.ts';
import { chooseOffer, type Offers } from '../prepared/choose-offer.ts';
import { encodeNow } from '../prepared/compress.ts';
import type { Encoding, NextPage, PreparedResponse } from '../prepared/prepared-response.ts';
import type { Read, ResponseCache } from '../prepared/response-cache.ts';
import { matchesEtag } from './conditional.ts';
import { addressWithCursor, encodeCursor } from './pagination.ts';
import { cacheHeaders } from './response-headers.ts';

/** Answers what is kept. False: it is not, or it is not to be trusted now. */
export function answerFromCache(
  cache: ResponseCache,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '' } = request;
  const kept = method === 'GET' || method === 'HEAD' ? cache.find(url) : null;
  if (kept === null) return false;
  if (kept.offers !== null && !isDefault(kept.offers, request.headers.accept)) return false;
  sendKept(cache, url, request, response, kept);
  return true;
}

/** Whether Accept chooses the default offer, which is the one that is kept under its address. */
function isDefault(offers: Offers, accept: string | undefined): boolean {
  return chooseOffer(accept, offers) === offers[0];
}

/** `address`: under which it is kept. */
export function sendKept(
  cache: ResponseCache,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
  kept: PreparedResponse,
): void {
  const encoding = wantedEncoding(request);
  if (encoding !== null && !kept[encoding]) cache.encode(address, encoding);
  sendPrepared(request, response, kept, encoding);
}

/** Reads what is asked for, and keeps it for those who ask next. Null: there is no such `noun`. */
export async function answerKept(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  read: Read,
): Promise<FastifyReply> {
  const prepared = await cache.read(request.raw.url ?? '', read);
  if (!prepared) throw notFound(noun);
  return hijackAndSend(request, reply, prepared);
}

/** For what is asked for in too many ways to be worth keeping. */
export async function answerOnce(
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  prepared: PreparedResponse | null,
): Promise<FastifyReply> {
  if (!prepared) throw notFound(noun);
  const encoding = wantedEncoding(request.raw);
  const encoded = encoding === null ? prepared : await encodeNow(prepared, encoding);
  return hijackAndSend(request, reply, encoded, encoding);
}

function wantedEncoding({ headers }: IncomingMessage): Encoding | null {
  return chooseEncoding(headers['accept-encoding']);
}

/** Past Fastify's own sending, as from the cache. */
export function hijackAndSend(
  { raw }: FastifyRequest,
  reply: FastifyReply,
  prepared: PreparedResponse,
  encoding: Encoding | null = wantedEncoding(raw),
): FastifyReply {
  reply.hijack();
  sendPrepared(raw, reply.raw, prepared, encoding);
  return reply;
}

/** If-None-Match is decided before the body is touched: RFC 9110, 13.2.2. */
function sendPrepared(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  prepared: PreparedResponse,
  encoding: Encoding | null,
): void {
  const known = headers['if-none-match'];
  const etag = known === undefined ? undefined : findKnown(known, prepared, encoding);
  if (etag !== undefined) {
    response.writeHead(304, [...prepared.common, 'etag', etag]).end();
    return;
  }
  const { bytes, head } = (encoding && prepared[encoding]) || prepared.plain;
  response.writeHead(200, head);
  if (method === 'HEAD') response.end();
  else response.end(bytes);
}

/** What the client has and takes: in the encoding of its choice, also where that is not made yet, or plain. */
function findKnown(known: string, { etags }: PreparedResponse, encoding: Encoding | null) {
  if (encoding !== null && matchesEtag(known, etags[encoding])) return etags[encoding];
  return matchesEtag(known, etags.plain) ? etags.plain : undefined;
}

export function nextPageOf(request: FastifyRequest, key: unknown): NextPage {
  const cursor = encodeCursor(key);
  return { cursor, address: addressWithCursor(request.url, cursor) };
}

const notModified: ZodOpenApiResponseObject = {
  id: 'NotModified',
  description: 'It is what If-None-Match names.',
};

/** For the OpenAPI document: what the functions above may answer. */
export function prepared(
  schema: z.ZodType,
  description: string,
  contentType: `${string}/${string}` = 'application/json',
): Record<number, ZodOpenApiResponseObject> {
  return {
    200: { description, headers: cacheHeaders, content: { [contentType]: { schema } } },
    304: notModified,
  };
}
