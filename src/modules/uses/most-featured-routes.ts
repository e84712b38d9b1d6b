import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerCached, prepared } from '../../http/answer-prepared.ts';
import { limitUpTo } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { newsletterParams } from '../delivery/path-schemas.ts';
import { period } from './period.ts';
import { readMostFeatured } from './read-most-featured.ts';
import { mostFeaturedList } from './schemas.ts';
import { FEATURED_KINDS } from './use-tables.ts';

/** `pool` must be the one for slow queries: a request counts all issues of the period. */
type Options = { pool: pg.Pool; responses: ResponseCache };

const querystring = z.strictObject({
  kind: z.enum(FEATURED_KINDS).meta({ id: 'MostFeaturedKind' }).meta({ description: 'What to count.' }),
  period,
  limit: limitUpTo(),
});

export const mostFeaturedRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool, responses }) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/most-featured',
    schema: {
      operationId: 'readMostFeaturedOfNewsletter',
      tags: ['Content'],
      summary: 'List what a newsletter features most',
      description:
        'Counts the issues of the newsletter that featured each paper, person, tag or domain in a period. Returns the entries with the highest counts first.',
      security: [],
      params: newsletterParams,
      querystring,
      response: prepared(mostFeaturedList, 'The most featured entries.'),
    },
    handler: (request, reply) => {
      const slug = readSlug(request.params.slug, 'newsletter');
      return answerCached(responses, request, reply, 'newsletter', () =>
        readMostFeatured(pool, slug, request.query),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/most-featured',
    schema: {
      operationId: 'readMostFeatured',
      tags: ['Content'],
      summary: 'List what all newsletters feature most',
      description:
        'Counts the issues of all newsletters that featured each paper, person, tag or domain in a period. Returns the entries with the highest counts first. Answers 503 if there are too many issues to count in time.',
      security: [],
      querystring,
      response: prepared(mostFeaturedList, 'The most featured entries.'),
    },
    handler: (request, reply) =>
      answerCached(responses, request, reply, 'page', () => readMostFeatured(pool, null, request.query)),
  });
};
