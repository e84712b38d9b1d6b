import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { answerPrepared, prepared } from '../../http/answer-prepared.ts';
import { issueParams, readSlug } from '../delivery/path-schemas.ts';
import { readJsonLd } from './read-json-ld.ts';
import { jsonLd } from './schemas.ts';

type Options = { pool: pg.Pool; publicUrl: string };

export const jsonLdRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool, publicUrl }) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue/json-ld',
    schema: {
      operationId: 'readJsonLd',
      tags: ['Content'],
      summary: 'Read a published issue as JSON-LD',
      description:
        'For search engines, in the words of schema.org. It can stand in a script element of a page as it is.',
      security: [],
      params: issueParams,
      response: prepared(jsonLd, 'The issue.', 'application/ld+json'),
    },
    handler: async (request, reply) => {
      const { slug, issue } = request.params;
      const read = await readJsonLd(pool, readSlug(slug, 'issue'), issue, publicUrl);
      return answerPrepared(request, reply, 'issue', read);
    },
  });
};
