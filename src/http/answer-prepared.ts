import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { notFound } from '../errors.ts';
import { chooseEncoding } from '../prepared/choose-encoding.ts';
import { chooseOffer, type Offers } from '../prepared/choose-offer.ts';
import { encodeNow } from '../prepared/compress.ts';
import type { Encoding, NextPage, PreparedResponse } from '../prepared/prepared-response.ts';
import type { Read, ResponseCache } from '../prepared/response-cache.ts';
import { isUnmodifiedSince, matchesEtag } from './conditional.ts';
import { addressOfNextPage, encodeCursor } from './pagination.ts';
import { canonicalAddress } from './request-address.ts';
import { cacheHeaders } from './response-headers.ts';

/** Answers from the cache. Returns false if the response is not cached, or the cache is not trusted now. */
export function answerFromCache(
  cache: ResponseCache,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { method, url = '' } = request;
  if (method !== 'GET' && method !== 'HEAD') return false;
  const cached = cache.find(url);
  if (cached === null) return answerMissing(cache, request, response);
  if (cached.offers !== null && !isDefault(cached.offers, request.headers.accept)) return false;
  sendCached(cache, url, request, response, cached);
  return true;
}

function answerMissing(
  cache: ResponseCache,
  { url = '', method }: IncomingMessage,
  response: ServerResponse,
): boolean {
  const missing = cache.findMissing(url);
  if (missing === null) return false;
  response.writeHead(404, missing.head);
  if (method === 'HEAD') response.end();
  else response.end(missing.bytes);
  return true;
}

/** Whether Accept selects the default offer, which is the one that is cached under the request's address. */
function isDefault(offers: Offers, accept: string | undefined): boolean {
  return chooseOffer(accept, offers) === offers[0];
}

/** `address` is the key of the response in the cache. */
function sendCached(
  cache: ResponseCache,
  address: string,
  request: IncomingMessage,
  response: ServerResponse,
  cached: PreparedResponse,
): void {
  const encoding = wantedEncoding(request);
  if (encoding !== null && !cached[encoding]) cache.encode(address, encoding);
  sendPrepared(request, response, cached, encoding);
}

/** Calls `read`, caches the response and sends it. Throws the 404 for `noun` if `read` resolves with null. */
export function answerCached(
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  read: Read,
): Promise<FastifyReply> {
  return answerAt(canonicalAddress(request), cache, request, reply, noun, read);
}

/**
 * Does the same with another address as the key in the cache. `answerFromCache` looks for the URL of a request, so it
 * misses responses that are cached at another address.
 */
export async function answerAt(
  address: string,
  cache: ResponseCache,
  request: FastifyRequest,
  reply: FastifyReply,
  noun: string,
  read: Read,
): Promise<FastifyReply> {
  const cached = cache.find(address);
  if (cached !== null) {
    sendCached(cache, address, request.raw, reply.hijack().raw, cached);
    return reply;
  }
  const prepared = await cache.read(address, read);
  if (!prepared) throw notFound(noun);
  return hijackAndSend(request, reply, prepared);
}

/** Sends a response that is not cached, because too few requests are alike. */
export async function answerUncached(
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

/** Sends the response without Fastify, as `answerFromCache` does. */
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

function sendPrepared(
  { headers, method }: IncomingMessage,
  response: ServerResponse,
  prepared: PreparedResponse,
  encoding: Encoding | null,
): void {
  const lastModified = lastModifiedOf(prepared);
  if (lastModified !== null) response.setHeader('last-modified', new Date(lastModified).toUTCString());
  const etag = findCurrent(headers, prepared, lastModified, encoding);
  if (etag !== undefined) {
    response.writeHead(304, [...prepared.common, 'etag', etag]).end();
    return;
  }
  const { bytes, head } = (encoding && prepared[encoding]) || prepared.plain;
  response.writeHead(200, head);
  if (method === 'HEAD') response.end();
  else response.end(bytes);
}

/**
 * Null if the time is in the future, which it may be for a moment after several changes in one second: RFC 9110, section
 * 8.8.2.1.
 */
function lastModifiedOf({ lastModified }: PreparedResponse): number | null {
  return lastModified === null || lastModified > Date.now() ? null : lastModified;
}

/**
 * The ETag for a 304, or undefined if the client's copy is not known to be current. A request with If-None-Match is not
 * judged by If-Modified-Since: RFC 9110, section 13.2.2.
 */
function findCurrent(
  { 'if-none-match': known, 'if-modified-since': since }: IncomingHttpHeaders,
  prepared: PreparedResponse,
  lastModified: number | null,
  encoding: Encoding | null,
): string | undefined {
  if (known !== undefined) return findKnown(known, prepared, encoding);
  if (since === undefined || lastModified === null || !isUnmodifiedSince(since, lastModified))
    return undefined;
  const { etags } = prepared;
  return encoding !== null && prepared[encoding] ? etags[encoding] : etags.plain;
}

/** The ETag of the client's copy if that is current, in the encoding it prefers (encoded here or not) or uncompressed. */
function findKnown(known: string, { etags }: PreparedResponse, encoding: Encoding | null) {
  if (encoding !== null && matchesEtag(known, etags[encoding])) return etags[encoding];
  return matchesEtag(known, etags.plain) ? etags.plain : undefined;
}

export function nextPageOf(request: FastifyRequest, key: unknown): NextPage {
  const cursor = encodeCursor(key);
  return { cursor, address: addressOfNextPage(request, cursor) };
}

const notModified: ZodOpenApiResponseObject = {
  id: 'NotModified',
  description:
    'The content matches an ETag in If-None-Match. A feed without that header has not changed since If-Modified-Since.',
};

/** Describes the responses of the functions above for the OpenAPI document. */
export function prepared(
  schema: z.ZodType,
  description: string,
  contentType: `${string}/${string}` = 'application/json',
  headers: z.ZodObject = cacheHeaders,
): Record<number, ZodOpenApiResponseObject> {
  return {
    200: { description, headers, content: { [contentType]: { schema } } },
    304: notModified,
  };
}
