import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerKept, prepared } from '../../http/answer-prepared.ts';
import { limitUpTo } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { newsletterParams } from '../delivery/path-schemas.ts';
import { period } from './period.ts';
import { readMostFeatured } from './read-most-featured.ts';
import { mostFeaturedList } from './schemas.ts';
import { FEATURED_KINDS } from './use-tables.ts';

/** `pool`: for what may take long, since all issues of the period are counted. */
type Options = { pool: pg.Pool; responses: ResponseCache };

const querystring = z.strictObject({
  kind: z.enum(FEATURED_KINDS).meta({ id: 'MostFeaturedKind' }).meta({ description: 'What is counted.' }),
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
      description: 'By the number of its issues of a period.',
      security: [],
      params: newsletterParams,
      querystring,
      response: prepared(mostFeaturedList, 'What most issues feature.'),
    },
    handler: (request, reply) => {
      const slug = readSlug(request.params.slug, 'newsletter');
      return answerKept(responses, request, reply, 'newsletter', () =>
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
        'By the number of issues of a period. Where too many are to be counted in time it is a 503.',
      security: [],
      querystring,
      response: prepared(mostFeaturedList, 'What most issues feature.'),
    },
    handler: (request, reply) =>
      answerKept(responses, request, reply, 'page', () => readMostFeatured(pool, null, request.query)),
  });
};
