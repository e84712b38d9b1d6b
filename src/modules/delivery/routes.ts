import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type pg from 'pg';
import { z } from 'zod';
import { notFound } from '../../errors.ts';
import { answerPrepared, nextPageOf, prepared } from '../../http/answer-prepared.ts';
import { listQuery, pageOf } from '../../http/pagination.ts';
import { filledText, SLUG_PATTERN, slug, uuid, yearFilter } from '../../schemas.ts';
import { archiveKey, readArchive } from './read-archive.ts';
import { parseIssueKey, readIssue } from './read-issue.ts';
import { readNewsletter, readNewsletters } from './read-newsletters.ts';
import { readPaper } from './read-paper.ts';
import { archiveEntry, publicNewsletter, publicPaper, publishedIssue } from './schemas.ts';

type Options = { pool: pg.Pool; publicUrl: string };

const slugParams = z.object({
  slug: z.string().meta({ description: 'Of the newsletter.', examples: ['one-epoch'] }),
});
const issueParams = z.object({
  ...slugParams.shape,
  issue: z.string().meta({ description: 'Its number, its slug, or `latest`.', examples: ['latest'] }),
});
const paperParams = z.object({ id: uuid.meta({ description: 'UUID' }) });

/** The Content API: anonymous, published editions only, open to every origin. */
export const contentRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { pool, publicUrl }) => {
  app.route({
    method: 'GET',
    url: '/newsletters',
    schema: {
      operationId: 'readNewsletters',
      tags: ['Content'],
      summary: 'List newsletters',
      description: 'By slug.',
      security: [],
      querystring: listQuery(slug, {}),
      response: prepared(pageOf(publicNewsletter, 'PublicNewsletterPage'), 'A page of newsletters.'),
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await readNewsletters(pool, { limit, after: cursor }, (key) => nextPageOf(request, key));
      return answerPrepared(request, reply, 'page', page);
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug',
    schema: {
      operationId: 'readNewsletter',
      tags: ['Content'],
      summary: 'Read a newsletter',
      description: 'What it is; its issues have an address of their own.',
      security: [],
      params: slugParams,
      response: prepared(publicNewsletter, 'The newsletter.'),
    },
    handler: async (request, reply) =>
      answerPrepared(
        request,
        reply,
        'newsletter',
        await readNewsletter(pool, readSlug(request.params.slug, 'newsletter')),
      ),
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues',
    schema: {
      operationId: 'readArchive',
      tags: ['Content'],
      summary: 'List the published issues of a newsletter',
      description: 'Newest first, without their trees.',
      security: [],
      params: slugParams,
      querystring: listQuery(archiveKey, { year: yearFilter.optional(), tag: filledText(60).optional() }),
      response: prepared(pageOf(archiveEntry, 'ArchivePage'), 'A page of the archive.'),
    },
    handler: async (request, reply) => {
      const { limit, cursor: after, year, tag } = request.query;
      const query = { limit, after, year, tag };
      const slug = readSlug(request.params.slug, 'newsletter');
      const page = await readArchive(pool, slug, query, publicUrl, (key) => nextPageOf(request, key));
      return answerPrepared(request, reply, 'newsletter', page);
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:slug/issues/:issue',
    schema: {
      operationId: 'readIssue',
      tags: ['Content'],
      summary: 'Read a published issue',
      description: 'The whole edition that is out now, by number, by slug, or the latest.',
      security: [],
      params: issueParams,
      response: prepared(publishedIssue, 'The edition.'),
    },
    handler: async (request, reply) => {
      const key = parseIssueKey(request.params.issue);
      const newsletter = readSlug(request.params.slug, 'issue');
      const issue = key && (await readIssue(pool, newsletter, key, publicUrl));
      return answerPrepared(request, reply, 'issue', issue);
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
        'As the library has it now, with the published issues that feature it. A paper that none features is not found.',
      security: [],
      params: paperParams,
      response: prepared(publicPaper, 'The paper.'),
    },
    handler: async (request, reply) =>
      answerPrepared(request, reply, 'paper', await readPaper(pool, request.params.id)),
  });
};

/** The database is not asked for what nothing is called: it would refuse a NUL. */
function readSlug(text: string, noun: string): string {
  if (!SLUG_PATTERN.test(text)) throw notFound(noun);
  return text;
}
