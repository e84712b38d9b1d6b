import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerCached, prepared } from '../../http/answer-prepared.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { newsletterParams } from '../delivery/path-schemas.ts';
import { readSitemap, readSitemapIndex, readSitemapPart } from './read-sitemap.ts';
import { sitemap, sitemapIndex } from './schemas.ts';
import { isFirstOfPart, PART_SIZE } from './sitemap-parts.ts';

type Options = { pool: pg.Pool; responses: ResponseCache; publicUrl: string };

const from = z
  .string()
  .regex(/^[1-9]\d{0,7}$/, { error: 'must be a whole number' })
  .transform(Number)
  .refine(isFirstOfPart, { error: `must be 1, ${PART_SIZE + 1}, ${2 * PART_SIZE + 1} and so on` })
  .meta({
    description: `The first issue number of a part, which covers ${PART_SIZE} numbers. The index lists the parts that exist.`,
    override: { type: 'integer', minimum: 1 },
  });

export const sitemapRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { pool, responses, publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/sitemap.xml',
    schema: {
      operationId: 'readSitemapIndex',
      tags: ['Content'],
      summary: 'Read the sitemap index of all newsletters',
      description: 'Lists the sitemaps of all newsletters that have a published issue.',
      security: [],
      response: prepared(sitemapIndex, 'The index.', 'application/xml'),
    },
    handler: (request, reply) =>
      answerCached(responses, request, reply, 'sitemap', () => readSitemapIndex(pool, publicUrl)),
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/sitemap.xml',
    schema: {
      operationId: 'readSitemap',
      tags: ['Content'],
      summary: 'Read the sitemap of a newsletter',
      description: `Lists the page of each published issue and when its current edition was published. If the issue numbers span more than one part of ${PART_SIZE} numbers, the response is an index of the parts.`,
      security: [],
      params: newsletterParams,
      querystring: z.strictObject({ from: from.optional() }),
      response: prepared(sitemap, 'The sitemap, or an index of its parts.', 'application/xml'),
    },
    handler: (request, reply) => {
      const newsletter = readSlug(request.params.slug, 'newsletter');
      const { from } = request.query;
      const noun = from === undefined ? 'newsletter' : 'sitemap';
      return answerCached(responses, request, reply, noun, () =>
        from === undefined
          ? readSitemap(pool, newsletter, publicUrl)
          : readSitemapPart(pool, newsletter, from, publicUrl),
      );
    },
  });
};
