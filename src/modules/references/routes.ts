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

/** References to the papers of an issue, to the issue itself, and to its items. */
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
        'Returns the current records of the papers that the issue features, as JSON or as a bibliography in another format. Each paper appears once, in the order of the items. APA and Chicago sort by author instead. The list is empty if the issue features no papers.',
      security: [],
      params: issueParams,
      querystring,
      response: negotiated(papersOfIssue, 'The papers.', REFERENCE_SCHEMAS),
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
      description:
        'Returns a reference to the live edition, as an article in its newsletter. The JSON format is CSL-JSON.',
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
      description:
        'Returns a reference to the item, with the authors of the issue and the URL of the item. The JSON format is CSL-JSON.',
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
