import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerKept, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery, pageOf } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { slug } from '../../schemas.ts';
import { paperParams } from '../delivery/path-schemas.ts';
import { type Featured, readUses } from './read-uses.ts';
import { domainParams, publishedUse, tagParams, useKey } from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache };

const usesQuery = listQuery(useKey, {
  newsletter: slug.optional().meta({ description: 'Slug of the newsletter whose issues alone are meant.' }),
});
const usePage = pageOf(publishedUse, 'UsePage');
const personParams = z.object({
  slug: z.string().meta({ description: 'Of the person.', examples: ['ada-byron'] }),
});

/** Where published issues feature something, newest first. */
export const useRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool, responses }) => {
  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    featured: Featured,
    { cursor: after, limit, newsletter: newsletterSlug }: z.infer<typeof usesQuery>,
  ) =>
    answerKept(responses, request, reply, featured.kind === 'people' ? 'person' : 'paper', () =>
      readUses(pool, featured, { after, limit, newsletterSlug }, (key) => nextPageOf(request, key)),
    );

  app.route({
    method: 'GET',
    url: '/papers/:id/uses',
    schema: {
      operationId: 'readPaperUses',
      tags: ['Content'],
      summary: 'List where a paper is featured',
      description: 'All of what `featuredIn` begins. A paper that no published issue features is not found.',
      security: [],
      params: paperParams,
      querystring: usesQuery,
      response: prepared(usePage, 'A page of uses.'),
    },
    handler: (request, reply) =>
      answer(request, reply, { kind: 'papers', name: request.params.id }, request.query),
  });

  app.route({
    method: 'GET',
    url: '/people/:slug/uses',
    schema: {
      operationId: 'readPersonUses',
      tags: ['Content'],
      summary: 'List the issues of an author',
      description:
        'Published issues that name the person as an author; `item` is null. One whom none names is not found.',
      security: [],
      params: personParams,
      querystring: usesQuery,
      response: prepared(usePage, 'A page of uses.'),
    },
    handler: (request, reply) => {
      const name = readSlug(request.params.slug, 'person');
      return answer(request, reply, { kind: 'people', name }, request.query);
    },
  });

  app.route({
    method: 'GET',
    url: '/tags/:tag/uses',
    schema: {
      operationId: 'readTagUses',
      tags: ['Content'],
      summary: 'List what carries a tag',
      description: 'Published items that carry it, and issues that do themselves: their `item` is null.',
      security: [],
      params: tagParams,
      querystring: usesQuery,
      response: prepared(usePage, 'A page of uses.'),
    },
    handler: (request, reply) =>
      answer(request, reply, { kind: 'tags', name: request.params.tag }, request.query),
  });

  app.route({
    method: 'GET',
    url: '/domains/:domain/uses',
    schema: {
      operationId: 'readDomainUses',
      tags: ['Content'],
      summary: 'List what links to a domain',
      description: 'Published items with a link to it, each once however many of its links lead there.',
      security: [],
      params: domainParams,
      querystring: usesQuery,
      response: prepared(usePage, 'A page of uses.'),
    },
    handler: (request, reply) =>
      answer(request, reply, { kind: 'domains', name: request.params.domain }, request.query),
  });
};
