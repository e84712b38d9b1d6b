import type { FastifyReply, FastifyRequest } from 'fastify';
import { chooseEncoding } from '../prepared/choose-encoding.ts';
import { encodeNow } from '../prepared/compress.ts';
import {
  type Encoding,
  type PreparedResponse,
  prepareResponse,
  type ResponseContent,
} from '../prepared/prepared-response.ts';
import { hijackAndSend } from './answer-prepared.ts';

type Content = Pick<ResponseContent, 'body' | 'contentType'>;

/**
 * A handler for a body that stays the same while the process runs. `read` is called by the first request, and again
 * after a failure. Each encoding is computed once. Clients revalidate with the ETag, because a release changes the body.
 */
export function makeStaticAnswer(read: () => Content | Promise<Content>) {
  const prepare = once(async () =>
    prepareResponse({ ...(await read()), keys: [], cacheControl: 'public, no-cache' }),
  );
  const inEncoding: Record<Encoding, () => Promise<PreparedResponse>> = {
    br: once(async () => encodeNow(await prepare(), 'br')),
    gzip: once(async () => encodeNow(await prepare(), 'gzip')),
  };
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const encoding = chooseEncoding(request.headers['accept-encoding']);
    const response = encoding === null ? await prepare() : await inEncoding[encoding]();
    return hijackAndSend(request, reply, response, encoding);
  };
}

function once<T>(compute: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= compute().catch((error: unknown) => {
      result = undefined;
      throw error;
    });
    return result;
  };
}
