import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { answerCached, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery, pageOf } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { slug } from '../../schemas.ts';
import { paperParams } from '../delivery/path-schemas.ts';
import { type Featured, readUses } from './read-uses.ts';
import { domainParams, publishedUse, tagParams, useKey } from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache };

const usesQuery = listQuery(useKey, {
  newsletter: slug
    .optional()
    .meta({ description: 'Slug of a newsletter. Only uses in its issues are returned.' }),
});
const usePage = pageOf(publishedUse, 'UsePage');
const personParams = z.object({
  slug: z.string().meta({ description: 'Slug of the person.', examples: ['ada-byron'] }),
});

/** Where published issues feature something, newest first. */
export const useRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool, responses }) => {
  const answer = (
    request: FastifyRequest,
    reply: FastifyReply,
    featured: Featured,
    { cursor: after, limit, newsletter: newsletterSlug }: z.infer<typeof usesQuery>,
  ) =>
    answerCached(responses, request, reply, featured.kind === 'people' ? 'person' : 'paper', () =>
      readUses(pool, featured, { after, limit, newsletterSlug }, (key) => nextPageOf(request, key)),
    );

  app.route({
    method: 'GET',
    url: '/papers/:id/uses',
    schema: {
      operationId: 'readPaperUses',
      tags: ['Content'],
      summary: 'List the uses of a paper',
      description:
        'Returns the items of published issues that feature the paper, newest first. `featuredIn` of the paper has the first 100. Answers 404 if no published issue features the paper.',
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
        'Returns the published issues that name the person as an author, newest first. `item` is always null. Answers 404 if no published issue names the person.',
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
      summary: 'List the uses of a tag',
      description:
        'Returns the published items and issues that have the tag, newest first. `item` is null if the issue itself has it.',
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
      summary: 'List the items that link to a domain',
      description:
        'Returns the published items that link to the domain, newest first. An item with several such links is listed once.',
      security: [],
      params: domainParams,
      querystring: usesQuery,
      response: prepared(usePage, 'A page of uses.'),
    },
    handler: (request, reply) =>
      answer(request, reply, { kind: 'domains', name: request.params.domain }, request.query),
  });
};
