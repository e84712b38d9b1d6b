import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError } from 'fastify';
import type { MakeProblem, Problem } from './make-problem.ts';

/**
 * Answers a request that Node could not parse. It is not logged, because the error contains the bytes of the request,
 * which may include an API key.
 */
export function answerBrokenRequest(makeProblem: MakeProblem) {
  return (error: ConnectionError, socket: Socket): void => {
    if (socket.writable && error.code !== 'ECONNRESET') {
      socket.write(toResponse(problemOf(error.code, makeProblem)));
    }
    socket.destroy();
  };
}

function problemOf(code: string, makeProblem: MakeProblem): Problem {
  if (code === 'HPE_HEADER_OVERFLOW') {
    return makeProblem('headers_too_large', 'The URL and the headers together are too long.');
  }
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') {
    return makeProblem('request_timeout', 'The request did not arrive completely within the time limit.');
  }
  return makeProblem('broken_request', 'This is not a valid HTTP request.');
}

function toResponse(problem: Problem): string {
  const body = JSON.stringify(problem);
  return [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Cache-Control: no-store',
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    '',
    body,
  ].join('\r\n');
}
