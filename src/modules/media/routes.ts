import multipart from '@fastify/multipart';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { uuid } from '../../schemas.ts';
import { deleteMedia, getMedia, listMedia, updateMedia } from './media.ts';
import { presentMedia } from './present.ts';
import { media, mediaPatch, mediaUpload } from './schemas.ts';
import type { MediaStorage } from './storage.ts';
import { keepMedia } from './store-media.ts';
import { receiveUpload } from './upload-form.ts';

type Options = { storage: MediaStorage; publicUrl: string };

export const mediaRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { storage, publicUrl }) => {
  await app.register(multipart);

  app.route({
    method: 'POST',
    url: '/media',
    config: { role: 'author' },
    schema: {
      operationId: 'uploadMedia',
      tags: ['Media'],
      summary: 'Upload an image',
      description:
        'The type is found from the bytes; the name and the type that the client states are not believed.',
      body: { content: { 'multipart/form-data': { schema: mediaUpload } } },
      response: { 201: revised(media, 'The stored media.'), ...refusals(422) },
    },
    // The form is read, and checked against the same schema, by the handler.
    validatorCompiler: () => (value) => ({ value }),
    handler: async (request, reply) => {
      const { file, words } = await receiveUpload(request, storage);
      const created = presentMedia(await keepMedia(request.ctx, storage, file, words), publicUrl);
      reply.header('location', `${request.routeOptions.url}/${created.id}`);
      return sendRevised(reply, created, 201);
    },
  });

  app.route({
    method: 'GET',
    url: '/media',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listMedia',
      tags: ['Media'],
      summary: 'List media',
      description: 'Newest first.',
      querystring: listQuery(uuid, {}),
      response: { 200: listed(pageOf(media, 'MediaPage'), 'A page of media.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listMedia(request.ctx, { limit, after: cursor });
      return sendPage(request, reply, {
        ...page,
        data: page.data.map((row) => presentMedia(row, publicUrl)),
      });
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
      sendRevised(reply, presentMedia(await getMedia(request.ctx, request.params.id), publicUrl)),
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
        request.params.id,
        request.body,
        readOptionalIfMatch(request),
      );
      return sendRevised(reply, presentMedia(changed, publicUrl));
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
      await deleteMedia(request.ctx, storage, request.params.id, readOptionalIfMatch(request));
      return reply.code(204).send();
    },
  });
};
