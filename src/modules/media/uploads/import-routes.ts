import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { sendRevised } from '../../../http/conditional.ts';
import { revised } from '../../../http/operations.ts';
import { refusals } from '../../../http/refusals.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import { presentMedia } from '../record/present.ts';
import { media } from '../record/schemas.ts';
import { makeImportMedia } from './import-media.ts';
import { mediaImport } from './upload-schemas.ts';

type Options = { library: MediaLibrary; publicUrl: string };

export const mediaImportRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { library, publicUrl },
) => {
  const importMedia = makeImportMedia(library);

  app.route({
    method: 'POST',
    url: '/media/imports',
    config: { role: 'author' },
    schema: {
      operationId: 'importMedia',
      tags: ['Media'],
      summary: 'Import a file from an address',
      description:
        'Fetches the file and stores it like an upload. The address must be https and public. Whatever keeps us from the file is answered alike, so that nobody learns what else there is in our network.',
      body: mediaImport,
      response: {
        200: revised(
          media,
          'The media that has these bytes already; what the request says of them is not taken.',
        ),
        201: revised(media, 'The stored media.'),
        ...refusals(413, 415, 422, 507),
      },
    },
    handler: async (request, reply) => {
      const { media: row, isNew } = await importMedia(request.ctx, request.body);
      reply.header('location', `${app.prefix}/media/${row.id}`);
      return sendRevised(reply, presentMedia(row, { publicUrl, crops: library.crops }), isNew ? 201 : 200);
    },
  });
};
