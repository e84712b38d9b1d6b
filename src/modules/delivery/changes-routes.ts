import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { answerUncached, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import { isShortWithInclude, selectionOf, tooLongWithInclude } from '../../http/selection.ts';
import { changeKey, changePage, changePart } from './change-schemas.ts';
import { newsletterParams } from './path-schemas.ts';
import { MAX_CHANGES, readChanges } from './read-changes.ts';

const DESCRIPTION = `Returns every publication, correction, withdrawal and change of a paper's status, oldest first.
Start without a cursor and continue with \`page.next\` of the last page at any time. No change is repeated or skipped.

Apply the changes in order: delete your copy at \`formerAddress\`, delete a withdrawn issue, and store an edition if
\`isCurrent\` is true. If a published edition is no longer current, a later entry replaces or removes it.`;

/** For clients that keep a copy of the published content, such as static site generators. */
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
      summary: 'Follow the published issues of a newsletter',
      description: DESCRIPTION,
      security: [],
      params: newsletterParams,
      querystring: listQuery(
        changeKey,
        { include: selectionOf(changePart, 'Parts to add to each entry. `limit` must then be at most 20.') },
        MAX_CHANGES,
      ).refine(isShortWithInclude, tooLongWithInclude),
      response: prepared(changePage, 'The changes after the cursor.'),
    },
    handler: async (request, reply) => {
      const { cursor: after, limit, include } = request.query;
      const slug = readSlug(request.params.slug, 'newsletter');
      const query = { after, limit, include };
      const page = await readChanges(pool, slug, query, publicUrl, (key) => nextPageOf(request, key));
      return answerUncached(request, reply, 'newsletter', page);
    },
  });
};
