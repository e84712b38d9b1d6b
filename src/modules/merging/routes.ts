import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { idParams, revised } from '../../http/operations.ts';
import { refusals } from '../../http/refusals.ts';
import { presentPaper } from '../papers/record/present.ts';
import { paper } from '../papers/record/schemas.ts';
import { mergePapers } from './merge-papers.ts';
import { paperMerge } from './schemas.ts';

export const mergeRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'POST',
    url: '/papers/:id/merge',
    config: { role: 'editor' },
    schema: {
      operationId: 'mergePapers',
      tags: ['Papers'],
      summary: 'Merge duplicates into a paper',
      description:
        'Moves the identifiers and uses of the duplicates to the paper, fills its empty fields from them, and deletes them, in one transaction. Their ids redirect readers to the paper. The revision of every draft that used a duplicate is incremented.',
      params: idParams,
      headers: ifMatchHonoured,
      body: paperMerge,
      response: { 200: revised(paper, 'The merged paper.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const ifMatch = readOptionalIfMatch(request);
      const merged = await mergePapers(request.ctx, id, request.body.paperIds, ifMatch);
      return sendRevised(reply, presentPaper(merged));
    },
  });
};
