import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { z } from 'zod';
import { ifMatchNeeded, readIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { replaceContent } from './editing/content.ts';
import { createIssue, deleteIssue, getIssue, listIssues, updateIssue } from './editing/issue.ts';
import { orderSections } from './editing/section.ts';
import { getReadiness } from './readiness/readiness.ts';
import { readiness } from './readiness/readiness-schemas.ts';
import { issue, issueInput, issuePatch, issueStatus, issueSummary } from './tree/issue-schemas.ts';
import { presentIssue, presentSummary } from './tree/present.ts';
import { contentInput, sectionOrder } from './tree/section-schemas.ts';

export const issueRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'POST',
    url: '/newsletters/:id/issues',
    config: { role: 'author' },
    schema: {
      operationId: 'createIssue',
      tags: ['Issues'],
      summary: 'Create an issue',
      description: 'With its whole tree of sections and items, at once or not at all.',
      params: idParams,
      body: issueInput,
      response: { 201: revised(issue, 'The new draft.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const created = presentIssue(await createIssue(request.ctx, request.params.id, request.body));
      reply.header('location', `/admin/v1/issues/${created.id}`);
      return sendRevised(reply, created, 201);
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:id/issues',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listIssues',
      tags: ['Issues'],
      summary: 'List the issues of a newsletter',
      description: 'In any state, the highest number first, without texts and tree.',
      params: idParams,
      querystring: listQuery(z.int32(), { status: issueStatus.optional() }),
      response: { 200: listed(pageOf(issueSummary, 'IssuePage'), 'A page of issues.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor, status } = request.query;
      const page = await listIssues(request.ctx, request.params.id, { limit, after: cursor, status });
      return sendPage(request, reply, { ...page, data: page.data.map(presentSummary) });
    },
  });

  app.route({
    method: 'GET',
    url: '/issues/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getIssue',
      tags: ['Issues'],
      summary: 'Read an issue',
      description: 'With its whole tree, as it stands now; what readers see is its edition.',
      params: idParams,
      response: { 200: revised(issue, 'The issue.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, presentIssue(await getIssue(request.ctx, request.params.id))),
  });

  app.route({
    method: 'PATCH',
    url: '/issues/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'updateIssue',
      tags: ['Issues'],
      summary: 'Change an issue',
      description:
        'A scheduled issue must stay publishable. Readers of a published one keep its last edition until the changes are published.',
      params: idParams,
      headers: ifMatchNeeded,
      body: issuePatch,
      response: { 200: revised(issue, 'The changed issue.'), ...refusals(409, 422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      return sendRevised(
        reply,
        presentIssue(await updateIssue(request.ctx, params.id, body, readIfMatch(request))),
      );
    },
  });

  app.route({
    method: 'DELETE',
    url: '/issues/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'deleteIssue',
      tags: ['Issues'],
      summary: 'Delete a draft',
      description:
        'With its tree and its editions; one that was published is for editors to delete. A scheduled or published issue is taken back first.',
      params: idParams,
      headers: ifMatchNeeded,
      response: { 204: deleted, ...refusals(409, 428) },
    },
    handler: async (request, reply) => {
      await deleteIssue(request.ctx, request.params.id, readIfMatch(request));
      return reply.code(204).send();
    },
  });

  app.route({
    method: 'PUT',
    url: '/issues/:id/content',
    config: { role: 'author' },
    schema: {
      operationId: 'replaceContent',
      tags: ['Issues'],
      summary: 'Replace the whole tree of an issue',
      description:
        'At once or not at all. What carries the id of a section or item that is there stays that one.',
      params: idParams,
      headers: ifMatchNeeded,
      body: contentInput,
      response: { 200: revised(issue, 'The changed issue.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const changed = await replaceContent(request.ctx, params.id, body, readIfMatch(request));
      return sendRevised(reply, presentIssue(changed));
    },
  });

  app.route({
    method: 'PUT',
    url: '/issues/:id/section-order',
    config: { role: 'author' },
    schema: {
      operationId: 'orderSections',
      tags: ['Sections'],
      summary: 'Order the sections of an issue',
      description: 'The list names every section, each once.',
      params: idParams,
      headers: ifMatchNeeded,
      body: sectionOrder,
      response: { 200: revised(issue, 'The changed issue.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const changed = await orderSections(request.ctx, params.id, body.sectionIds, readIfMatch(request));
      return sendRevised(reply, presentIssue(changed));
    },
  });

  app.route({
    method: 'GET',
    url: '/issues/:id/readiness',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getReadiness',
      tags: ['Workflow'],
      summary: 'Ask whether an issue can go out',
      description: 'Every problem that keeps it back and every warning, with its place and how to mend it.',
      params: idParams,
      response: {
        200: { description: 'The checklist.', content: { 'application/json': { schema: readiness } } },
      },
    },
    handler: async (request) => getReadiness(request.ctx, request.params.id),
  });
};
