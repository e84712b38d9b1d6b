import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { matchesEtag } from '../../http/conditional.ts';
import { parseFileName } from './file-name.ts';
import { FILE_TYPES } from './file-types.ts';
import type { MediaStorage } from './storage/storage.ts';

const bytes = z.instanceof(Buffer).meta({ override: { type: 'string', format: 'binary' } });

const served = {
  description: 'The bytes, which never change under this name.',
  headers: z.object({
    etag: z.string().meta({ description: 'Strong.' }),
    'cache-control': z.string().meta({ examples: ['public, max-age=31536000, immutable'] }),
  }),
  content: Object.fromEntries(Object.values(FILE_TYPES).map((type) => [type, { schema: bytes }])),
};

/** The bytes of media, for everybody: without a key, without the database. */
export const mediaFileRoutes: FastifyPluginAsyncZodOpenApi<{ storage: MediaStorage }> = async (
  app,
  { storage },
) => {
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
        description: 'Open to everybody and to every origin. Honours If-None-Match.',
        security: [],
        params: z.object({
          fileName: z.string().meta({
            description: 'As in the `url` of the media.',
            examples: ['2f1a8c34-5d0b-4c1e-9a77-6b3de0f1c802.png'],
          }),
        }),
        response: { 200: served, 304: { description: 'The bytes are those that If-None-Match names.' } },
      },
      handler: async (request, reply) => {
        const { fileName } = request.params;
        const type = parseFileName(fileName)?.mimeType;
        const file = type && (await storage.open(fileName));
        if (!file) throw notFound('file');
        const etag = `"${fileName}"`;
        reply.headers({
          etag,
          'cache-control': 'public, max-age=31536000, immutable',
          'access-control-allow-origin': '*',
          'cross-origin-resource-policy': 'cross-origin',
          'x-content-type-options': 'nosniff',
        });
        const isKnown = matchesEtag(request.headers['if-none-match'], etag);
        if (isKnown || method === 'HEAD') file.bytes.destroy();
        if (isKnown) return reply.code(304).send();
        reply.type(type).headers({ 'content-length': file.size, 'content-disposition': 'inline' });
        return reply.send(method === 'HEAD' ? undefined : file.bytes);
      },
    });
  }
};
