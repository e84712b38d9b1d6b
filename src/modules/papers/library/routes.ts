import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type { Context } from '../../../context.ts';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../../http/pagination.ts';
import { refusals } from '../../../http/refusals.ts';
import { publicAddress } from '../../../http/request-address.ts';
import { uuid } from '../../../schemas.ts';
import { paperFilter } from '../record/list-schemas.ts';
import { presentPaper } from '../record/present.ts';
import { paper, paperInput, paperPatch } from '../record/schemas.ts';
import { changePaper } from './change-paper.ts';
import { createPaper } from './create-papers.ts';
import { deletePaper, getPaper, listPapers } from './paper.ts';

type Options = { requireUnused: (ctx: Context, id: string) => Promise<void> };

export const paperRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { requireUnused }) => {
  app.route({
    method: 'POST',
    url: '/papers',
    config: { role: 'author' },
    schema: {
      operationId: 'createPaper',
      tags: ['Papers'],
      summary: 'Create a paper',
      description:
        'Papers are shared by all newsletters. A preprint and its publication are one paper with two identifiers. An identifier that another paper has is refused.',
      body: paperInput,
      response: { 201: revised(paper, 'The new paper.'), ...refusals(409) },
    },
    handler: async (request, reply) => {
      const created = presentPaper(await createPaper(request.ctx, request.body));
      reply.header('location', publicAddress(request, `${request.routeOptions.url}/${created.id}`));
      return sendRevised(reply, created, 201);
    },
  });

  app.route({
    method: 'GET',
    url: '/papers',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listPapers',
      tags: ['Papers'],
      summary: 'List papers',
      description:
        'Returns papers, newest first. All filters must match. At most one paper has a given `identifier`.',
      querystring: listQuery(uuid, paperFilter),
      response: { 200: listed(pageOf(paper, 'PaperPage'), 'A page of papers.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor, ...filter } = request.query;
      const page = await listPapers(request.ctx, { limit, after: cursor, ...filter });
      return sendPage(request, reply, { ...page, data: page.data.map(presentPaper) });
    },
  });

  app.route({
    method: 'GET',
    url: '/papers/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getPaper',
      tags: ['Papers'],
      summary: 'Read a paper',
      description:
        'Returns the paper with its ETag. If the paper was merged into another one, the problem names that paper in `mergedInto`.',
      params: idParams,
      response: { 200: revised(paper, 'The paper.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, presentPaper(await getPaper(request.ctx, request.params.id))),
  });

  app.route({
    method: 'PATCH',
    url: '/papers/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'updatePaper',
      tags: ['Papers'],
      summary: 'Change a paper',
      description:
        'Published editions keep the old data of the paper until their issues are published again, but readers see its new status at once. An identifier that another paper has is refused.',
      params: idParams,
      headers: ifMatchHonoured,
      body: paperPatch,
      response: { 200: revised(paper, 'The changed paper.'), ...refusals(409) },
    },
    handler: async (request, reply) => {
      const changed = await changePaper(
        request.ctx,
        request.params.id,
        request.body,
        readOptionalIfMatch(request),
      );
      return sendRevised(reply, presentPaper(changed));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/papers/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'deletePaper',
      tags: ['Papers'],
      summary: 'Delete a paper',
      description:
        'A paper that a draft or a published edition uses cannot be deleted. The problem then lists up to 20 of the issues in `uses`, from newsletters that the caller may see, and states the number of all of them in `total`.',
      params: idParams,
      headers: ifMatchHonoured,
      response: { 204: deleted, ...refusals(409) },
    },
    handler: async (request, reply) => {
      await deletePaper(request.ctx, request.params.id, readOptionalIfMatch(request), requireUnused);
      return reply.code(204).send();
    },
  });
};
