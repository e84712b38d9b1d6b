import { createServer } from 'node:http';
import type { FastifyServerFactory } from 'fastify';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { answerFromCache } from './answer-prepared.ts';

/** Milliseconds in which the head of a request must have arrived, and all of it: large files may take a while. */
const HEADERS_TIMEOUT = 20_000;
const REQUEST_TIMEOUT = 120_000;
/** Milliseconds between looks for requests that take longer. */
const CHECKING_INTERVAL = 5_000;
/** Milliseconds that a connection may be silent: within a request, and between two. */
const CONNECTION_TIMEOUT = 120_000;
const KEEP_ALIVE_TIMEOUT = 72_000;
/** Bytes of the head of a request. */
const MAX_HEADER_SIZE = 16 * 1024;

/**
 * What is kept ready is answered at the door, before Fastify: it needs no routing and none of Fastify's objects for
 * a request and its reply, which would be a seventh of its cost.
 */
export function makeServerFactory(responses: ResponseCache): FastifyServerFactory {
  return (handle) => {
    const options = {
      headersTimeout: HEADERS_TIMEOUT,
      requestTimeout: REQUEST_TIMEOUT,
      connectionsCheckingInterval: CHECKING_INTERVAL,
      keepAliveTimeout: KEEP_ALIVE_TIMEOUT,
      maxHeaderSize: MAX_HEADER_SIZE,
    };
    return createServer(options, (request, response) => {
      if (!answerFromCache(responses, request, response)) handle(request, response);
    }).setTimeout(CONNECTION_TIMEOUT);
  };
}
