import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerCached, prepared } from '../../http/answer-prepared.ts';
import { readSlug } from '../../http/read-slug.ts';
import { feedHeaders } from '../../http/response-headers.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { tag } from '../../schemas.ts';
import { newsletterParams } from '../delivery/path-schemas.ts';
import { readFeed } from './read-feed.ts';
import { atomFeed, FEED_FORMATS, jsonFeed, rssFeed } from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache; publicUrl: string };

const FORMATS = {
  rss: { operationId: 'readRssFeed', name: 'RSS 2.0', type: 'application/rss+xml', schema: rssFeed },
  atom: { operationId: 'readAtomFeed', name: 'Atom', type: 'application/atom+xml', schema: atomFeed },
  json: {
    operationId: 'readJsonFeed',
    name: 'JSON Feed 1.1',
    type: 'application/feed+json',
    schema: jsonFeed,
  },
} as const;

const tagFilter = tag.optional().meta({ description: 'Include only issues with this tag.' });

export const feedRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { pool, responses, publicUrl },
) => {
  for (const format of FEED_FORMATS) {
    const { operationId, name, type, schema } = FORMATS[format];
    app.route({
      method: 'GET',
      url: `/newsletters/:slug/feed.${format}`,
      schema: {
        operationId,
        tags: ['Content'],
        summary: `Read the ${name} feed of a newsletter`,
        description:
          'Returns the full content of the newest 20 issues, or of fewer if they are very long. The id of an entry stays the same when the issue is corrected or its address changes.',
        security: [],
        params: newsletterParams,
        querystring: z.strictObject({ tag: tagFilter }),
        response: prepared(schema, 'The feed.', type, feedHeaders),
      },
      handler: (request, reply) => {
        const query = { format, tag: request.query.tag };
        const slug = readSlug(request.params.slug, 'newsletter');
        return answerCached(responses, request, reply, 'newsletter', () =>
          readFeed(pool, slug, query, publicUrl),
        );
      },
    });
  }
};
