import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { REFERENCE_SCHEMAS, referenceFormat } from '../../bibliography/reference-schemas.ts';
import { REFERENCE_OFFERS } from '../../bibliography/representations.ts';
import { notFound } from '../../errors.ts';
import { answerNegotiated, negotiated } from '../../http/answer-negotiated.ts';
import { answerCached, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery, pageOf } from '../../http/pagination.ts';
import { readSlug } from '../../http/read-slug.ts';
import { isShortWithInclude, selectionOf, tooLongWithInclude } from '../../http/selection.ts';
import type { ResponseCache } from '../../prepared/response-cache.ts';
import { slug, tag, yearFilter } from '../../schemas.ts';
import { issueParams, newsletterParams, paperParams } from './path-schemas.ts';
import { readArchive } from './read-archive.ts';
import { parseIssueKey, readIssue } from './read-issue.ts';
import { readNewsletter, readNewsletters, readNewsletterWithLatest } from './read-newsletters.ts';
import { readPaper } from './read-paper.ts';
import {
  archiveField,
  archiveKey,
  archivePart,
  newsletterField,
  newsletterInFull,
  newsletterPart,
  publicPaper,
  publishedIssue,
  selectedEntry,
  selectedNewsletter,
} from './schemas.ts';

type Options = { pool: pg.Pool; responses: ResponseCache; publicUrl: string };

/** The Content API: it needs no key, serves published editions only, and allows every origin. */
export const contentRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (
  app,
  { pool, responses, publicUrl },
) => {
  app.route({
    method: 'GET',
    url: '/newsletters',
    schema: {
      operationId: 'readNewsletters',
      tags: ['Content'],
      summary: 'List the newsletters',
      description: 'Returns the newsletters ordered by slug.',
      security: [],
      querystring: listQuery(slug, {
        fields: selectionOf(newsletterField, 'Fields to return for each newsletter. Defaults to all.'),
      }),
      response: prepared(
        pageOf(selectedNewsletter, 'PublicNewsletterPage'),
        'A page of newsletters. With `fields`, each has only those fields.',
      ),
    },
    handler: (request, reply) => {
      const { limit, cursor: after, fields } = request.query;
      const query = { limit, after, fields };
      return answerCached(responses, request, reply, 'page', () =>
        readNewsletters(pool, query, publicUrl, (key) => nextPageOf(request, key)),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug',
    schema: {
      operationId: 'readNewsletter',
      tags: ['Content'],
      summary: 'Read a newsletter',
      description: 'Returns a newsletter. Its published issues are a separate list.',
      security: [],
      params: newsletterParams,
      querystring: z.strictObject({ include: selectionOf(newsletterPart, 'Parts to add.') }),
      response: prepared(newsletterInFull, 'The newsletter.'),
    },
    handler: (request, reply) => {
      const slug = readSlug(request.params.slug, 'newsletter');
      const read = request.query.include ? readNewsletterWithLatest : readNewsletter;
      return answerCached(responses, request, reply, 'newsletter', () => read(pool, slug, publicUrl));
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues',
    schema: {
      operationId: 'readArchive',
      tags: ['Content'],
      summary: 'List the published issues of a newsletter',
      description:
        'Returns the published issues, newest first. Their introduction, sections and sign-off are left out unless `include` names them.',
      security: [],
      params: newsletterParams,
      querystring: listQuery(archiveKey, {
        year: yearFilter.optional(),
        tag: tag.optional(),
        fields: selectionOf(archiveField, 'Fields to return for each issue. Defaults to all.'),
        include: selectionOf(
          archivePart,
          'Parts of the content to add to each issue. `limit` must then be at most 20.',
        ),
      }).refine(isShortWithInclude, tooLongWithInclude),
      response: prepared(pageOf(selectedEntry, 'ArchivePage'), 'A page of the archive.'),
    },
    handler: (request, reply) => {
      const { cursor: after, limit, year, tag, fields, include } = request.query;
      const query = { after, limit, year, tag, fields, include };
      const slug = readSlug(request.params.slug, 'newsletter');
      return answerCached(responses, request, reply, 'newsletter', () =>
        readArchive(pool, slug, query, publicUrl, (key) => nextPageOf(request, key)),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue',
    schema: {
      operationId: 'readIssue',
      tags: ['Content'],
      summary: 'Read a published issue',
      description:
        'Returns the whole live edition of an issue. The path names the issue by number, by slug or as `latest`.',
      security: [],
      params: issueParams,
      response: prepared(publishedIssue, 'The live edition.'),
    },
    handler: (request, reply) => {
      const newsletter = readSlug(request.params.slug, 'issue');
      const key = parseIssueKey(request.params.issue);
      if (!key) throw notFound('issue');
      return answerCached(responses, request, reply, 'issue', () =>
        readIssue(pool, newsletter, key, publicUrl),
      );
    },
  });

  app.route({
    method: 'GET',
    url: '/papers/:id',
    schema: {
      operationId: 'readPaper',
      tags: ['Content'],
      summary: 'Read a paper',
      description:
        'Returns the current record of a paper as JSON, with the published issues that feature it, or as a reference in another format. Answers 404 if no published issue features the paper.',
      security: [],
      params: paperParams,
      querystring: z.strictObject({ format: referenceFormat }),
      response: negotiated(publicPaper, 'The paper.', REFERENCE_SCHEMAS),
    },
    handler: (request, reply) =>
      answerNegotiated(responses, request, reply, {
        noun: 'paper',
        offers: REFERENCE_OFFERS,
        named: request.query.format,
        read: (representation) => readPaper(pool, request.params.id, representation),
      }),
  });
};
