import type { IncomingMessage } from 'node:http';
import { type Readable, Transform } from 'node:stream';
import { DomainError, fileTooLarge } from '../errors.ts';
import { addressNotAllowed, addressUnreachable, answerNotUsable } from './fetch-refusals.ts';
import { nameOfAnswer } from './name-of-answer.ts';
import { openAnswer } from './open-answer.ts';
import { INTERNET, type Reach } from './reach.ts';
import { parseAddress } from './vet-address.ts';

type Options = {
  /** Of the body. */
  maxBytes: number;
  /** Its reason is what the fetch, or the reading of its bytes, then fails with. */
  signal?: AbortSignal;
};

export type FetchedFile = {
  /**
   * Fails with a DomainError too when it is cut off, too slow or too large. Destroying it closes the connection.
   * The time that the reader takes counts against the limits.
   */
  bytes: Readable;
  /** As the far server wrote it, or the end of the address: not fit to be shown or to name a file on the disk. */
  fileName: string | null;
};

const MAX_REDIRECTS = 3;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * Opens what stands at an https address that somebody else named, so that nothing but the public internet can
 * be reached by it. DomainErrors: address_not_allowed, address_unreachable, answer_not_usable, file_too_large.
 */
export async function fetchFromOutside(
  address: string,
  { maxBytes, signal }: Options,
  reach: Reach = INTERNET,
): Promise<FetchedFile> {
  const url = parseAddress(address, reach.port);
  if (url === null) throw addressNotAllowed();
  const life = startLife(reach.limits.whole, signal);
  const fail = (error: unknown) => refusalOf(error, signal);
  try {
    const { answer, from } = await followRedirects(url, reach, life.ending);
    assertUsable(answer, maxBytes);
    const bytes = receive(answer, maxBytes, fail).on('close', life.end);
    return { bytes, fileName: nameOfAnswer(answer, from) };
  } catch (error) {
    life.end();
    throw fail(error);
  }
}

/** Whatever ends it, all that was opened meanwhile is closed. */
function startLife(milliseconds: number, signal: AbortSignal | undefined) {
  const controller = new AbortController();
  const end = () => {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
    controller.abort();
  };
  const timer = setTimeout(end, milliseconds);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  return { ending: controller.signal, end };
}

async function followRedirects(url: URL, reach: Reach, ending: AbortSignal) {
  let from = url;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects += 1) {
    const answer = await openAnswer(from, reach, ending);
    if (!REDIRECTS.includes(answer.statusCode ?? 0)) return { answer, from };
    answer.socket.destroy();
    from = readLocation(answer, from, reach.port);
  }
  throw answerNotUsable(`The address redirects more than ${MAX_REDIRECTS} times.`);
}

function readLocation(answer: IncomingMessage, from: URL, port: number): URL {
  const { location } = answer.headers;
  const url = location === undefined ? null : parseAddress(location, port, from.href);
  if (url === null) {
    throw answerNotUsable('The address redirects to one that is not https, or has a user name or a port.');
  }
  return url;
}

function assertUsable({ statusCode, headers }: IncomingMessage, maxBytes: number): void {
  if (statusCode !== 200) {
    const message = `The server answered with the status ${statusCode}, not with the file.`;
    throw answerNotUsable(message, { answerStatus: statusCode });
  }
  // It was told to send none: a few kilobytes could unpack to any size.
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') throw answerNotUsable('The server sent the file compressed.');
  if (Number(headers['content-length'] ?? 0) > maxBytes) throw fileTooLarge(maxBytes);
}

function receive(answer: IncomingMessage, maxBytes: number, fail: (error: unknown) => Error): Readable {
  let size = 0;
  const bytes = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      size += chunk.length;
      if (size > maxBytes) done(fileTooLarge(maxBytes));
      else done(null, chunk);
    },
  });
  answer.on('error', (error) => bytes.destroy(fail(error)));
  // It may fail before somebody reads it. Who reads it then still hears of it.
  bytes.on('error', () => {});
  return answer.pipe(bytes);
}

/** No error of the network gets out, not even as a cause. */
function refusalOf(error: unknown, signal: AbortSignal | undefined): Error {
  if (signal?.reason instanceof Error) return signal.reason;
  return error instanceof DomainError ? error : addressUnreachable();
}
