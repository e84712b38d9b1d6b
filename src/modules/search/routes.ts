import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { answerUncached, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import { newsletterParams } from '../delivery/path-schemas.ts';
import { hitKey } from './find-candidates.ts';
import { MAX_HITS, searchFilters, searchPage } from './schemas.ts';
import { searchTexts } from './search-texts.ts';

type Options = { pool: pg.Pool };

const searchQuery = listQuery(hitKey, searchFilters, MAX_HITS);

/** The search of the Content API: what readers see, and nothing else. */
export const searchRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool }) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/search',
    schema: {
      operationId: 'searchNewsletter',
      tags: ['Content'],
      summary: 'Search a newsletter',
      description: 'Its published issues and their items, the best match first.',
      security: [],
      params: newsletterParams,
      querystring: searchQuery,
      response: prepared(searchPage, 'A page of hits.'),
    },
    handler: async (request, reply) => {
      const { cursor: after, ...query } = request.query;
      const slug = readSlug(request.params.slug, 'newsletter');
      const page = await searchTexts(pool, slug, { after, ...query }, (key) => nextPageOf(request, key));
      return answerUncached(request, reply, 'newsletter', page);
    },
  });

  app.route({
    method: 'GET',
    url: '/search',
    schema: {
      operationId: 'searchAll',
      tags: ['Content'],
      summary: 'Search all newsletters',
      description: 'The published issues and their items, the best match first.',
      security: [],
      querystring: searchQuery,
      response: prepared(searchPage, 'A page of hits.'),
    },
    handler: async (request, reply) => {
      const { cursor: after, ...query } = request.query;
      const page = await searchTexts(pool, null, { after, ...query }, (key) => nextPageOf(request, key));
      return answerUncached(request, reply, 'page', page);
    },
  });
};
