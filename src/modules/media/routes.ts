import multipart from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { type FastifyPluginAsyncZodOpenApi, validatorCompiler } from 'fastify-zod-openapi';
import { z } from 'zod';
import { DomainError } from '../../errors.ts';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { publicAddress } from '../../http/request-address.ts';
import { acceptedTypes } from '../../http/request-body.ts';
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
import { storeStagedMedia } from './uploads/store-media.ts';
import { receiveReplacement, receiveUpload } from './uploads/upload-form.ts';
import { mediaReplacement, mediaUpload } from './uploads/upload-schemas.ts';

type Options = { library: MediaLibrary; uses: MediaUses; publicUrl: string };

export const mediaRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { library, uses, publicUrl },
) => {
  await app.register(multipart);
  // The parser of forms accepts them for every operation of this plugin.
  app.addHook('preValidation', refuseUnexpectedForm);
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
        'The type is detected from the bytes; the file name and content type that the client sends are not trusted. Images lose metadata such as the location and the camera, and their orientation is applied. Uploading the same bytes again returns the existing media file unchanged.',
      body: { content: { 'multipart/form-data': { schema: mediaUpload } } },
      response: {
        200: revised(
          media,
          'A media file with the same bytes exists already. It is returned unchanged; the metadata in the form is ignored.',
        ),
        201: revised(media, 'The new media file.'),
        ...refusals(422, 507),
      },
    },
    validatorCompiler: passForms,
    handler: async (request, reply) => {
      const { staged, upload } = await receiveUpload(request, library);
      const { media: row, isNew } = await storeStagedMedia(request.ctx, library, staged, upload);
      reply.header('location', publicAddress(request, `${app.prefix}/media/${row.id}`));
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
      summary: 'List and search media files',
      description: 'Returns media files, newest first. All filters must match.',
      querystring: listQuery(uuid, mediaFilter),
      response: { 200: listed(pageOf(media, 'MediaPage'), 'A page of media files.') },
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
      summary: 'Read the metadata of a media file',
      description: 'Returns the metadata with its ETag. The bytes are served at its `url`.',
      params: idParams,
      response: { 200: revised(media, 'The media file.') },
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
      summary: 'Change the metadata of a media file',
      description:
        'Published editions keep the old metadata until they are published again. Removing an alt text that scheduled issues need is refused.',
      params: idParams,
      headers: ifMatchHonoured,
      body: mediaPatch,
      response: { 200: revised(media, 'The changed media file.') },
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
      summary: 'Replace the bytes of a media file',
      description:
        'The id, the metadata and all uses stay the same. Published editions show the old bytes until they are published again. Replacing an image with a file that is not an image, or the reverse, is refused.',
      params: idParams,
      headers: ifMatchHonoured,
      body: { content: { 'multipart/form-data': { schema: mediaReplacement } } },
      response: { 200: revised(media, 'The media file with its new bytes.'), ...refusals(409, 422, 507) },
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
      summary: 'Delete a media file',
      description:
        'Refused while a draft, a published edition or a person uses it. The problem then lists up to 20 of these uses in `uses` and their number in `total`.',
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

async function refuseUnexpectedForm(request: FastifyRequest): Promise<void> {
  if (!request.isMultipart() || acceptedTypes(request).includes('multipart/form-data')) return;
  throw new DomainError('unsupported', 'invalid_media_type', 'The operation does not accept a form.');
}

/** The handler reads and validates the form itself. */
function passForms(part: { schema: unknown; method: string; url: string; httpPart?: string }) {
  if (part.httpPart === 'body') return (value: unknown) => ({ value });
  return validatorCompiler({ ...part, schema: z.instanceof(z.ZodType).parse(part.schema) });
}
