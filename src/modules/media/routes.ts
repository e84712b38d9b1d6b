import multipart from '@fastify/multipart';
import { type FastifyPluginAsyncZodOpenApi, validatorCompiler } from 'fastify-zod-openapi';
import { z } from 'zod';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { uuid } from '../../schemas.ts';
import { listMedia } from './library/list-media.ts';
import { deleteMedia, getMedia, updateMedia } from './library/media.ts';
import type { MediaLibrary } from './library/media-library.ts';
import type { MediaUses } from './library/media-uses.ts';
import { mediaFilter } from './record/list-schemas.ts';

import type { MediaWithFile } from './record/media-with-file.ts';
import { presentMedia } from './record/present.ts';
import { media, mediaPatch } from './record/schemas.ts';
import { replaceFile } from './uploads/replace-file.ts';
import { keepMedia } from './uploads/store-media.ts';
import { receiveReplacement, receiveUpload } from './uploads/upload-form.ts';
import { mediaReplacement, mediaUpload } from './uploads/upload-schemas.ts';

type Options = { library: MediaLibrary; uses: MediaUses; publicUrl: string };

export const mediaRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { library, uses, publicUrl },
) => {
  await app.register(multipart);
  const present = (row: MediaWithFile) => presentMedia(row, { publicUrl, crops: library.crops });

  app.route({
    method: 'POST',
    url: '/media',
    config: { role: 'author' },
    schema: {
      operationId: 'uploadMedia',
      tags: ['Media'],
      summary: 'Upload a file',
      description:
        'The type is found from the bytes; the name and the type that the client states are not believed. Images are stored without what they say of places and devices, their orientation applied. The same bytes are stored once.',
      body: { content: { 'multipart/form-data': { schema: mediaUpload } } },
      response: {
        200: revised(
          media,
          'The media that has these bytes already; what the form says of them is not taken.',
        ),
        201: revised(media, 'The stored media.'),
        ...refusals(422, 507),
      },
    },
    validatorCompiler: passForms,
    handler: async (request, reply) => {
      const { staged, upload } = await receiveUpload(request, library);
      const { media: row, isNew } = await keepMedia(request.ctx, library, staged, upload);
      reply.header('location', `${app.prefix}/media/${row.id}`);
      return sendRevised(reply, present(row), isNew ? 201 : 200);
    },
  });

  app.route({
    method: 'GET',
    url: '/media',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listMedia',
      tags: ['Media'],
      summary: 'List and search media',
      description: 'Newest first.',
      querystring: listQuery(uuid, mediaFilter),
      response: { 200: listed(pageOf(media, 'MediaPage'), 'A page of media.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const page = await listMedia(request.ctx, { limit, after: cursor, ...filter }, uses.used);
      return sendPage(request, reply, { ...page, data: page.data.map(present) });
    },
  });

  app.route({
    method: 'GET',
    url: '/media/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getMedia',
      tags: ['Media'],
      summary: 'Read what is known of a media',
      description: 'With its ETag. The bytes are at its `url`.',
      params: idParams,
      response: { 200: revised(media, 'The media.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, present(await getMedia(request.ctx, request.params.id))),
  });

  app.route({
    method: 'PATCH',
    url: '/media/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'updateMedia',
      tags: ['Media'],
      summary: 'Change what is said of a media',
      description: 'Published editions keep what they say of it until they are published again.',
      params: idParams,
      headers: ifMatchHonoured,
      body: mediaPatch,
      response: { 200: revised(media, 'The changed media.') },
    },
    handler: async (request, reply) => {
      const changed = await updateMedia(
        request.ctx,
        uses,
        request.params.id,
        request.body,
        readOptionalIfMatch(request),
      );
      return sendRevised(reply, present(changed));
    },
  });

  app.route({
    method: 'PUT',
    url: '/media/:id/file',
    config: { role: 'author' },
    schema: {
      operationId: 'replaceMediaFile',
      tags: ['Media'],
      summary: 'Replace the file of a media',
      description:
        'Its id, its words and every use stay. Published editions show the bytes that they showed until they are published again. An image is replaced by an image alone.',
      params: idParams,
      headers: ifMatchHonoured,
      body: { content: { 'multipart/form-data': { schema: mediaReplacement } } },
      response: { 200: revised(media, 'The media with its new file.'), ...refusals(409, 422, 507) },
    },
    validatorCompiler: passForms,
    handler: async (request, reply) => {
      const file = await receiveReplacement(request, library);
      const { id } = request.params;
      return sendRevised(
        reply,
        present(await replaceFile(request.ctx, library, id, file, readOptionalIfMatch(request))),
      );
    },
  });

  app.route({
    method: 'DELETE',
    url: '/media/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'deleteMedia',
      tags: ['Media'],
      summary: 'Delete a media',
      description:
        'Refused while a draft, a published edition or a person uses it; `uses` then names up to 20 of them, `total` counts all.',
      params: idParams,
      headers: ifMatchHonoured,
      response: { 204: deleted, ...refusals(409) },
    },
    handler: async (request, reply) => {
      await deleteMedia(request.ctx, library, uses, request.params.id, readOptionalIfMatch(request));
      return reply.code(204).send();
    },
  });
};

/** A form is read, and checked against the same schema, by the handler. */
function passForms(part: { schema: unknown; method: string; url: string; httpPart?: string }) {
  if (part.httpPart === 'body') return (value: unknown) => ({ value });
  return validatorCompiler({ ...part, schema: z.instanceof(z.ZodType).parse(part.schema) });
}
