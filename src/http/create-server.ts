import { createServer } from 'node:http';
import type { FastifyServerFactory } from 'fastify';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { answerFromCache } from './answer-prepared.ts';
import type { Traffic } from './traffic.ts';

const HEADERS_TIMEOUT_MS = 20_000;
/** Long enough for the upload of a large file. */
const REQUEST_TIMEOUT_MS = 120_000;
/** How often Node checks both. */
const CHECKING_INTERVAL_MS = 5_000;
/** The longest silence of a connection during a request, and between two requests. */
const CONNECTION_TIMEOUT_MS = 120_000;
const KEEP_ALIVE_TIMEOUT_MS = 72_000;
const MAX_HEADER_BYTES = 16 * 1024;

/**
 * Answers from the cache before Fastify sees the request. Fastify's routing and its request and reply objects would be
 * a seventh of the cost of such an answer.
 */
export function makeServerFactory(responses: ResponseCache, traffic: Traffic): FastifyServerFactory {
  return (handle) => {
    const options = {
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CHECKING_INTERVAL_MS,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
      maxHeaderSize: MAX_HEADER_BYTES,
    };
    return createServer(options, (request, response) => {
      // Node.js then sends `Connection: close`.
      if (traffic.isDraining) response.shouldKeepAlive = false;
      if (!answerFromCache(responses, request, response)) handle(request, response);
    }).setTimeout(CONNECTION_TIMEOUT_MS);
  };
}
