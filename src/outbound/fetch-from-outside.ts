import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { DomainError, fileTooLarge } from '../errors.ts';
import { addressNotAllowed, addressUnreachable, responseNotUsable } from './fetch-errors.ts';
import { fileNameOf } from './file-name-of.ts';
import { type NetworkPolicy, PUBLIC_INTERNET } from './network-policy.ts';
import { openResponse } from './open-response.ts';
import { parseAddress } from './vet-address.ts';

type Options = {
  /** The limit for the body. */
  maxBytes: number;
  /** If it aborts, the fetch, or the reading of the bytes, fails with its reason. */
  signal?: AbortSignal;
};

export type FetchedFile = {
  /**
   * Fails with a DomainError if the transfer breaks off, is too slow or too large. Destroying it closes the connection. The
   * time that the consumer takes counts towards the time limits.
   */
  bytes: Readable;
  /** From the response or the URL. Untrusted: unsafe to display or to use as a file name on disk. */
  fileName: string | null;
};

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Fetches a file from an untrusted https URL. Only public addresses can be reached, which prevents server-side request
 * forgery. Throws DomainErrors: address_not_allowed, address_unreachable, answer_not_usable, file_too_large.
 */
export async function fetchFromOutside(
  address: string,
  { maxBytes, signal }: Options,
  policy: NetworkPolicy = PUBLIC_INTERNET,
): Promise<FetchedFile> {
  const url = parseAddress(address, policy.port);
  if (url === null) throw addressNotAllowed();
  const deadline = startDeadline(policy.limits.totalMs, signal);
  const fail = (error: unknown) => refusalOf(error, signal);
  try {
    const { response, from } = await followRedirects(url, policy, deadline.signal);
    assertUsable(response, maxBytes);
    const bytes = receive(response, maxBytes, fail).on('close', deadline.end);
    return { bytes, fileName: fileNameOf(response, from) };
  } catch (error) {
    deadline.end();
    throw fail(error);
  }
}

/** `signal` aborts on timeout, when the caller aborts, and on `end`. It closes every connection opened for the fetch. */
function startDeadline(milliseconds: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    controller.abort();
  };
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  return { signal: controller.signal, end };
}

async function followRedirects(url: URL, policy: NetworkPolicy, signal: AbortSignal) {
  let from = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const response = await openResponse(from, policy, signal);
    if (!REDIRECTS.includes(response.statusCode ?? 0)) return { response, from };
    response.socket.destroy();
    from = readLocation(response, from, policy.port);
  }
  throw responseNotUsable(`The address redirects more than ${MAX_REDIRECTS} times.`);
}

function readLocation(response: IncomingMessage, from: URL, port: number): URL {
  const { location } = response.headers;
  const url = location === undefined ? null : parseAddress(location, port, from.href);
  if (url === null) {
    throw responseNotUsable(
      'The address redirects to a URL that is not https, or that has a user name, a password or a port.',
    );
  }
  return url;
}

function assertUsable({ statusCode, headers }: IncomingMessage, maxBytes: number): void {
  if (statusCode !== 200) {
    const message = `The server responded with status ${statusCode} instead of the file.`;
    throw responseNotUsable(message, { answerStatus: statusCode });
  }
  // The request asks for no encoding, because a few kilobytes can decompress to any size.
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity')
    throw responseNotUsable('The server sent the file with a content encoding, which is not supported.');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw fileTooLarge(maxBytes);
}

function receive(response: IncomingMessage, maxBytes: number, fail: (error: unknown) => Error): Readable {
  let size = 0;
  const bytes = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(fileTooLarge(maxBytes));
      else done(null, chunk);
    },
  });
  response.on('error', (error) => bytes.destroy(fail(error)));
  // It may fail before it has a consumer. A later consumer still sees the error.
  bytes.on('error', () => {});
  return response.pipe(bytes);
}

/** Hides network errors, which would reveal what is reachable from this host. */
function refusalOf(error: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.reason instanceof Error) return signal.reason;
  return error instanceof DomainError ? error : addressUnreachable();
}
