import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { answerCached, prepared } from '../../http/answer-prepared.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { issueParams } from '../delivery/path-schemas.ts';
import { readJsonLd } from './read-json-ld.ts';
import { jsonLd } from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache; publicUrl: string };

export const jsonLdRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { pool, responses, publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue/json-ld',
    schema: {
      operationId: 'readJsonLd',
      tags: ['Content'],
      summary: 'Read a published issue as JSON-LD',
      description:
        'Returns schema.org structured data for search engines. The response can be embedded unchanged in a `script` element of the type `application/ld+json`.',
      security: [],
      params: issueParams,
      response: prepared(jsonLd, 'The issue.', 'application/ld+json'),
    },
    handler: (request, reply) => {
      const { slug, issue } = request.params;
      const newsletter = readSlug(slug, 'issue');
      return answerCached(responses, request, reply, 'issue', () =>
        readJsonLd(pool, newsletter, issue, publicUrl),
      );
    },
  });
};
