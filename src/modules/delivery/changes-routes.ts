import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { answerOnce, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import { isShortWithInclude, selectionOf, tooLongWithInclude } from '../../http/selection.ts';
import { changeKey, changePage, changePart } from './change-schemas.ts';
import { newsletterParams } from './path-schemas.ts';
import { MAX_CHANGES, readChanges } from './read-changes.ts';

const DESCRIPTION = `Every publication, correction and withdrawal, the first first, without gaps. Begin without a cursor,
keep \`page.next\` of every page, and come back with it at any time: nothing is shown twice or left out.

Carry out the entries in their order: forget what you have at \`formerAddress\`, forget a withdrawn issue, and write
one whose edition \`isCurrent\`. Of others a later entry says what became of them.`;

/** For who keeps a copy of what is published, such as a builder of static sites. */
export const changesRoutes: FastifyPluginAsyncZodOpenApi<{ pool: pg.Pool; publicUrl: string }> = async (
  app,
  { pool, publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/changes',
    schema: {
      operationId: 'readChanges',
      tags: ['Content'],
      summary: 'Follow what a newsletter publishes',
      description: DESCRIPTION,
      security: [],
      params: newsletterParams,
      querystring: listQuery(
        changeKey,
        { include: selectionOf(changePart, 'What each entry has too; `limit` is then 20 at most.') },
        MAX_CHANGES,
      ).refine(isShortWithInclude, tooLongWithInclude),
      response: prepared(changePage, 'Changes after the cursor.'),
    },
    handler: async (request, reply) => {
      const { cursor: after, limit, include } = request.query;
      const slug = readSlug(request.params.slug, 'newsletter');
      const query = { after, limit, include };
      const page = await readChanges(pool, slug, query, publicUrl, (key) => nextPageOf(request, key));
      return answerOnce(request, reply, 'newsletter', page);
    },
  });
};
