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
import { type Choice, chooseFiles, isStandIn, type Wanted } from './choose-files.ts';
import { chooseRange } from './choose-range.ts';
import { cropQuery, cropSizeOf } from './crop-query.ts';
import { DESCRIPTION, fileAnswers, fileHeaders, fileParams } from './file-schemas.ts';
import { findFile } from './find-file.ts';
import {
  cacheHeaders,
  canBeRedirected,
  contentHeaders,
  etagOfFile,
  OPEN_TO_ALL,
  redirectHeaders,
} from './headers.ts';
import { requestMissing } from './request-missing.ts';

type Options = { library: Pick<MediaLibrary, 'storage' | 'crops'>; pool: pg.Pool };

/** Milliseconds without a byte taken, after which the connection is cut; players ask again for what they miss. */
const STALLED_AFTER = 120_000;

/** The bytes of media, for everybody and without a key. */
export const mediaFileRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { library, pool }) => {
  const { storage, crops } = library;
  app.addHook('onRequest', async (_request, reply) => void reply.headers(OPEN_TO_ALL));
  app.options('/media/:fileName', { schema: { hide: true } }, answerPreflight);

  for (const method of ['GET', 'HEAD'] as const) {
    app.route({
      method,
      url: '/media/:fileName',
      // The one that Fastify would add reads the whole file to throw it away.
      exposeHeadRoute: false,
      schema: {
        operationId: 'readMediaFile',
        tags: ['Media'],
        summary: 'Read the bytes of a media',
        description: DESCRIPTION,
        security: [],
        params: fileParams,
        querystring: cropQuery(crops),
        headers: fileHeaders,
        response: { ...fileAnswers, ...refusals(416) },
      },
      handler: async (request, reply) => {
        const { fileName } = request.params;
        const wanted = { fileName, crop: cropSizeOf(request.query), accept: request.headers.accept };
        for (const choice of await findChoices(pool, wanted, request.log)) {
          if (await answerWith(choice, storage, request, reply)) return reply;
          request.log.warn({ fileName: choice.fileName }, 'a stored file is lost or cut short');
        }
        throw notFound('file');
      },
    });
  }
};

async function findChoices(pool: pg.Pool, wanted: Wanted, log: FastifyBaseLogger): Promise<Choice[]> {
  const parsed = parseFileName(wanted.fileName);
  const file = parsed && (await findFile(pool, parsed.original ?? wanted.fileName));
  if (!file) return [];
  const choices = chooseFiles(file, wanted);
  if (file.isSettled && choices[0] && isStandIn(choices[0])) {
    // A read is answered, also by a database that takes no writes at the moment.
    await requestMissing(pool, file.fileName).catch((error: unknown) =>
      log.warn({ err: error }, 'not requested'),
    );
  }
  return choices;
}

/** In the order of RFC 9110, 13.2.2. False: the storage does not have these bytes. */
async function answerWith(
  choice: Choice,
  storage: MediaStorage,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<boolean> {
  // A signed address is signed for one method: that of a HEAD is answered here.
  const isRedirected = request.method === 'GET' && canBeRedirected(choice);
  const address = isRedirected ? await storage.addressOf(choice.fileName) : null;
  // RFC 9110, 13.2.1: conditions are for what would be a 2xx.
  if (address) return sent(reply.code(302).headers(redirectHeaders(choice, address)));
  if (matchesEtag(request.headers['if-none-match'], etagOfFile(choice))) {
    return sent(reply.code(304).headers(cacheHeaders(choice)));
  }
  return request.method === 'HEAD'
    ? describeBytes(choice, storage, reply)
    : sendBytes(choice, storage, request, reply);
}

/** RFC 9110, 14.2: a range is of a GET alone. */
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
    throw new DomainError('out_of_range', 'range_not_satisfiable', `There are ${choice.size} bytes.`);
  }
  const file = await storage.open(choice.fileName, range ?? undefined);
  if (file?.size !== choice.size) {
    file?.bytes.destroy();
    return false;
  }
  reply.code(range ? 206 : 200).headers({ ...cacheHeaders(choice), ...contentHeaders(choice, range) });
  // Node sets it anew when the answer is sent. A request that is injected has no such socket.
  request.socket.setTimeout?.(STALLED_AFTER);
  return sent(reply, file.bytes);
}

function sent(reply: FastifyReply, payload?: unknown): true {
  reply.send(payload);
  return true;
}
