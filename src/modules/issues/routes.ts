import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { z } from 'zod';
import { ifMatchNeeded, readIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { publicAddress } from '../../http/request-address.ts';
import { replaceContent } from './editing/content.ts';
import { createIssue, deleteIssue, listIssues, updateIssue } from './editing/issue.ts';
import { orderSections } from './editing/section.ts';
import { getReadiness } from './readiness/readiness.ts';
import { readiness } from './readiness/readiness-schemas.ts';
import { issue, issueInput, issuePatch, issueStatus, issueSummary } from './tree/issue-schemas.ts';
import { loadIssue } from './tree/load-issue.ts';
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
      description:
        'Creates a draft with its whole tree of sections and items. If any part is refused, nothing is created.',
      params: idParams,
      body: issueInput,
      response: { 201: revised(issue, 'The new draft.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const created = presentIssue(await createIssue(request.ctx, request.params.id, request.body));
      reply.header('location', publicAddress(request, `/admin/v1/issues/${created.id}`));
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
      description:
        'Returns issues of every status, highest number first, without intro, sign-off and sections.',
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
      description:
        'Returns the current draft of the issue with its whole tree. Readers see the live edition, which can differ.',
      params: idParams,
      response: { 200: revised(issue, 'The issue.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, presentIssue(await loadIssue(request.ctx, request.params.id))),
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
        'Changes only the fields that are sent. A scheduled issue must stay publishable, or the change is refused. Readers of a published issue see its live edition until the changes are published.',
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
        'Deletes a draft with its tree and its editions. A scheduled or published issue must be unscheduled or withdrawn first. An issue that was ever published can be deleted only by a key with at least the editor role.',
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
        'Replaces all sections and items of the issue. A section or item that carries the id of an existing one replaces it and keeps its id. If any part is refused, nothing changes.',
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
      summary: 'Reorder the sections of an issue',
      description: 'The list must contain the id of every section of the issue exactly once.',
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
      summary: 'Check whether an issue can be published',
      description:
        'Returns every problem that prevents scheduling and publishing, and every warning. Each has a pointer to its place in the issue and says how to fix it.',
      params: idParams,
      response: {
        200: { description: 'The checklist.', content: { 'application/json': { schema: readiness } } },
      },
    },
    handler: async (request) => getReadiness(request.ctx, request.params.id),
  });
};
