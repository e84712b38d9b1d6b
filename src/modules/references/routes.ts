import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { cslList, REFERENCE_SCHEMAS, referenceFormat } from '../../bibliography/reference-schemas.ts';
import { REFERENCE_OFFERS } from '../../bibliography/representations.ts';
import { answerNegotiated, negotiated } from '../../http/answer-negotiated.ts';
import { readSlug } from '../../http/read-slug.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { issueParams } from '../delivery/path-schemas.ts';
import { readCitation } from './read-citation.ts';
import { readIssuePapers } from './read-issue-papers.ts';
import { itemParams, papersOfIssue } from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache; publicUrl: string };

const querystring = z.strictObject({ format: referenceFormat });

/** What readers take into their own writing: the papers of an issue, the issue itself, an item of it. */
export const citationRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { pool, responses, publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue/papers',
    schema: {
      operationId: 'readIssuePapers',
      tags: ['Content'],
      summary: 'Read the papers of a published issue',
      description:
        'All that it features, each once, in its order, as the library has them now: as JSON, or as a bibliography.',
      security: [],
      params: issueParams,
      querystring,
      response: negotiated(
        papersOfIssue,
        'The papers; none where the issue features none.',
        REFERENCE_SCHEMAS,
      ),
    },
    handler: (request, reply) => {
      const { slug, issue } = request.params;
      const newsletter = readSlug(slug, 'issue');
      return answerNegotiated(responses, request, reply, {
        noun: 'issue',
        offers: REFERENCE_OFFERS,
        named: request.query.format,
        read: (representation) => readIssuePapers(pool, newsletter, issue, representation),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue/citation',
    schema: {
      operationId: 'readIssueCitation',
      tags: ['Content'],
      summary: 'Cite a published issue',
      description: 'As an article of its newsletter. In JSON it is CSL-JSON.',
      security: [],
      params: issueParams,
      querystring,
      response: negotiated(cslList, 'The reference.', REFERENCE_SCHEMAS),
    },
    handler: (request, reply) => {
      const { slug, issue } = request.params;
      const newsletter = readSlug(slug, 'issue');
      return answerNegotiated(responses, request, reply, {
        noun: 'issue',
        offers: REFERENCE_OFFERS,
        named: request.query.format,
        read: (representation) => readCitation(pool, newsletter, { issue }, publicUrl, representation),
      });
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue/items/:anchor/citation',
    schema: {
      operationId: 'readItemCitation',
      tags: ['Content'],
      summary: 'Cite an item of a published issue',
      description: 'By the authors of the issue, at its place on the page. In JSON it is CSL-JSON.',
      security: [],
      params: itemParams,
      querystring,
      response: negotiated(cslList, 'The reference.', REFERENCE_SCHEMAS),
    },
    handler: (request, reply) => {
      const { slug, issue, anchor } = request.params;
      const newsletter = readSlug(slug, 'item');
      return answerNegotiated(responses, request, reply, {
        noun: 'item',
        offers: REFERENCE_OFFERS,
        named: request.query.format,
        read: (representation) =>
          readCitation(pool, newsletter, { issue, anchor }, publicUrl, representation),
      });
    },
  });
};
