import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { sendRevised } from '../../../http/conditional.ts';
import { revised } from '../../../http/operations.ts';
import { refusals } from '../../../http/refusals.ts';
import { publicAddress } from '../../../http/request-address.ts';
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
      summary: 'Import a file from a URL',
      description:
        'Downloads the file and stores it like an upload. The URL must use https and lead to a public server. If the server cannot be reached, the response does not say why, so that it reveals nothing about the network of Masthead.',
      body: mediaImport,
      response: {
        200: revised(
          media,
          'A media file with the same bytes exists already. It is returned unchanged; the metadata in the request is ignored.',
        ),
        201: revised(media, 'The new media file.'),
        ...refusals(413, 415, 422, 507),
      },
    },
    handler: async (request, reply) => {
      const { media: row, isNew } = await importMedia(request.ctx, request.body);
      reply.header('location', publicAddress(request, `${app.prefix}/media/${row.id}`));
      return sendRevised(reply, presentMedia(row, { publicUrl, crops: library.crops }), isNew ? 201 : 200);
    },
  });
};
