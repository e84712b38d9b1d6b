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

/** Search in the Content API. It covers published content only. */
export const searchRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool }) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/search',
    schema: {
      operationId: 'searchNewsletter',
      tags: ['Content'],
      summary: 'Search a newsletter',
      description:
        'Returns the published issues and items of the newsletter that match `q`, the best match first. If nothing matches, the search is repeated with corrected spelling, and `correctedQuery` holds the query that was used. A search that takes too long is answered with 503.',
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
      description:
        'Returns the published issues and items of all newsletters that match `q`, the best match first. If nothing matches, the search is repeated with corrected spelling, and `correctedQuery` holds the query that was used. A search that takes too long is answered with 503.',
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
