import type { FastifyBaseLogger, FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { DomainError, notFound } from '../../../errors.ts';
import { matchesEtag } from '../../../http/conditional.ts';
import { answerPreflight } from '../../../http/preflight.ts';
import { refusals } from '../../../http/refusals.ts';
import { parseFileName } from '../files/file-name.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { MediaStorage } from '../storage/storage.ts';
import { type Choice, chooseFiles, type FileRequest, isFallback } from './choose-files.ts';
import { chooseRange } from './choose-range.ts';
import { cropQuery, cropSizeOf } from './crop-query.ts';
import { DESCRIPTION, fileAnswers, fileHeaders, fileParams } from './file-schemas.ts';
import { findFile } from './find-file.ts';
import {
  cacheHeaders,
  canBeRedirected,
  contentHeaders,
  EMBEDDABLE,
  etagOfFile,
  redirectHeaders,
} from './headers.ts';
import { requestMissingRenditions } from './request-missing-renditions.ts';

type Options = { library: Pick<MediaLibrary, 'storage' | 'crops'>; pool: pg.Pool };

/** The connection is closed when the client reads nothing for this long. Media players request the rest again. */
const STALL_TIMEOUT_MS = 120_000;

/** Serves the bytes of media files, without authentication. */
export const mediaFileRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { library, pool }) => {
  const { storage, crops } = library;
  app.addHook('onRequest', async (_request, reply) => void reply.headers(EMBEDDABLE));
  app.options('/media/:fileName', { schema: { hide: true } }, answerPreflight);

  for (const method of ['GET', 'HEAD'] as const) {
    app.route({
      method,
      url: '/media/:fileName',
      // The HEAD route that Fastify would add reads the whole file and discards it.
      exposeHeadRoute: false,
      schema: {
        operationId: 'readMediaFile',
        tags: ['Media'],
        summary: 'Read the bytes of a media file',
        description: DESCRIPTION,
        security: [],
        params: fileParams,
        querystring: cropQuery(crops),
        headers: fileHeaders,
        response: { ...fileAnswers, ...refusals(416) },
      },
      handler: async (request, reply) => {
        const { fileName } = request.params;
        const requested = { fileName, crop: cropSizeOf(request.query), accept: request.headers.accept };
        for (const choice of await findChoices(pool, requested, request.log)) {
          if (await answerWith(choice, storage, request, reply)) return reply;
          request.log.warn({ fileName: choice.fileName }, 'a stored file is missing or has the wrong size');
        }
        throw notFound('file');
      },
    });
  }
};

async function findChoices(pool: pg.Pool, requested: FileRequest, log: FastifyBaseLogger): Promise<Choice[]> {
  const parsed = parseFileName(requested.fileName);
  const file = parsed && (await findFile(pool, parsed.original ?? requested.fileName));
  if (!file) return [];
  const choices = chooseFiles(file, requested);
  if (file.isSettled && choices[0] && isFallback(choices[0])) {
    // The read succeeds even if the database accepts no writes at the moment.
    await requestMissingRenditions(pool, file.fileName).catch((error: unknown) =>
      log.warn({ err: error }, 'could not enqueue the missing renditions'),
    );
  }
  return choices;
}

/** Evaluates preconditions in the order of RFC 9110 section 13.2.2. Returns false if the storage lacks the bytes. */
async function answerWith(
  choice: Choice,
  storage: MediaStorage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  // A signed URL is valid for one method only, so HEAD is never redirected.
  const isRedirected = request.method === 'GET' && canBeRedirected(choice);
  const address = isRedirected ? await storage.directUrlOf(choice.fileName) : null;
  // RFC 9110 section 13.2.1: preconditions apply only if the response would be a 2xx.
  if (address) return sent(reply.code(302).headers(redirectHeaders(choice, address)));
  if (matchesEtag(request.headers['if-none-match'], etagOfFile(choice))) {
    return sent(reply.code(304).headers(cacheHeaders(choice)));
  }
  return request.method === 'HEAD'
    ? describeBytes(choice, storage, reply)
    : sendBytes(choice, storage, request, reply);
}

/** RFC 9110 section 14.2: Range applies to GET only. */
async function describeBytes(choice: Choice, storage: MediaStorage, reply: FastifyReply): Promise<boolean> {
  const file = await storage.stat(choice.fileName);
  if (file?.size !== choice.size) return false;
  return sent(reply.headers({ ...cacheHeaders(choice), ...contentHeaders(choice, null) }));
}

async function sendBytes(
  choice: Choice,
  storage: MediaStorage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  const range = chooseRange(request.headers, etagOfFile(choice), choice.size);
  if (range === 'unsatisfiable') {
    reply.header('content-range', `bytes */${choice.size}`);
    throw new DomainError(
      'out_of_range',
      'range_not_satisfiable',
      `The range is beyond the end of the file, which has ${choice.size} bytes.`,
    );
  }
  const file = await storage.open(choice.fileName, range ?? undefined);
  if (file?.size !== choice.size) {
    file?.bytes.destroy();
    return false;
  }
  reply.code(range ? 206 : 200).headers({ ...cacheHeaders(choice), ...contentHeaders(choice, range) });
  // Node resets the timeout after the response. The socket of an injected request has no such method.
  request.socket.setTimeout?.(STALL_TIMEOUT_MS);
  return sent(reply, file.bytes);
}

function sent(reply: FastifyReply, payload?: unknown): true {
  reply.send(payload);
  return true;
}
