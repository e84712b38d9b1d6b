import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { idParams, listed } from '../../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../../http/pagination.ts';
import { mediaUse, mediaUseKey } from '../../media/record/media-use-schemas.ts';
import { listMediaUses } from './list-media-uses.ts';

export const mediaUseRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'GET',
    url: '/media/:id/uses',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listMediaUses',
      tags: ['Media'],
      summary: 'List the uses of a media file',
      description:
        'Returns the figures in the drafts of issues, then live editions, then people with the file as their avatar. An API key that is bound to newsletters sees only the issues of those newsletters.',
      params: idParams,
      querystring: listQuery(mediaUseKey, {}),
      response: { 200: listed(pageOf(mediaUse, 'MediaUsePage'), 'A page of uses.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listMediaUses(request.ctx, request.params.id, { limit, after: cursor });
      return sendPage(request, reply, page);
    },
  });
};
