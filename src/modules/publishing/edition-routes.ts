import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { z } from 'zod';
import { idParams, listed } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { edition, editionEntry } from './editions/entry-schemas.ts';
import { parseDocument } from './editions/parse-document.ts';
import { presentEntry } from './editions/present.ts';
import { getEdition, listEditionsOfIssue } from './editions/read-editions.ts';

export const editionRoutes: FastifyPluginAsyncZodOpenApi<{ publicUrl: string }> = async (
  app,
  { publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/issues/:id/editions',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listEditions',
      tags: ['Workflow'],
      summary: 'List the editions of an issue',
      description: 'Returns every edition of the issue, newest first, without the documents.',
      params: idParams,
      querystring: listQuery(z.int32(), {}),
      response: { 200: listed(pageOf(editionEntry, 'EditionPage'), 'A page of editions.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listEditionsOfIssue(request.ctx, request.params.id, { limit, after: cursor });
      return sendPage(request, reply, { ...page, data: page.data.map(presentEntry) });
    },
  });

  app.route({
    method: 'GET',
    url: '/editions/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getEdition',
      tags: ['Workflow'],
      summary: 'Read an edition',
      description: 'Returns the edition with its document as it was published.',
      params: idParams,
      response: {
        200: { description: 'The edition.', content: { 'application/json': { schema: edition } } },
      },
    },
    handler: async (request) => {
      const { document, ...entry } = await getEdition(request.ctx, request.params.id);
      return { ...presentEntry(entry), document: parseDocument(document, publicUrl) };
    },
  });
};
