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
        'All at once: the paper has their identifiers, their uses in drafts and published issues, and what it lacked itself; they are gone, and their ids lead readers to it. The revision of each draft that had one is raised.',
      params: idParams,
      headers: ifMatchHonoured,
      body: paperMerge,
      response: { 200: revised(paper, 'The paper, with all that it has now.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const { id } = request.params;
      const ifMatch = readOptionalIfMatch(request);
      const merged = await mergePapers(request.ctx, id, request.body.paperIds, ifMatch);
      return sendRevised(reply, presentPaper(merged));
    },
  });
};
