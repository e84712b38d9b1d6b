import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { ifMatchNeeded, readIfMatch, sendRevised } from '../../http/conditional.ts';
import { idParams, revised } from '../../http/operations.ts';
import { refusals } from '../../http/refusals.ts';
import { issue } from '../issues/tree/issue-schemas.ts';
import { presentIssue } from '../issues/tree/present.ts';
import { scheduleIssue, unscheduleIssue } from './schedule/schedule-issue.ts';
import { scheduleInput } from './schedule/schemas.ts';
import { publishIssue, unpublishIssue } from './workflow/publish-issue.ts';
import { publicationInput } from './workflow/schemas.ts';

export const workflowRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'PUT',
    url: '/issues/:id/schedule',
    config: { role: 'editor' },
    schema: {
      operationId: 'scheduleIssue',
      tags: ['Workflow'],
      summary: 'Schedule an issue',
      description:
        'Or move it to another time. What is in the issue at that time goes out. A wall clock that the day skips or repeats is refused with the choices.',
      params: idParams,
      headers: ifMatchNeeded,
      body: scheduleInput,
      response: { 200: revised(issue, 'The scheduled issue.'), ...refusals(409, 422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const scheduled = await scheduleIssue(request.ctx, params.id, body, readIfMatch(request));
      return sendRevised(reply, presentIssue(scheduled));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/issues/:id/schedule',
    config: { role: 'editor' },
    schema: {
      operationId: 'unscheduleIssue',
      tags: ['Workflow'],
      summary: 'Take an issue off the schedule',
      description: 'It is a draft again.',
      params: idParams,
      headers: ifMatchNeeded,
      response: { 200: revised(issue, 'The draft.'), ...refusals(409, 428) },
    },
    handler: async (request, reply) =>
      sendRevised(
        reply,
        presentIssue(await unscheduleIssue(request.ctx, request.params.id, readIfMatch(request))),
      ),
  });

  app.route({
    method: 'PUT',
    url: '/issues/:id/publication',
    config: { role: 'editor' },
    schema: {
      operationId: 'publishIssue',
      tags: ['Workflow'],
      summary: 'Publish an issue, or its changes',
      description:
        'Makes the tree as it stands the edition that readers see, from any state. When they see exactly that already, nothing changes.',
      params: idParams,
      headers: ifMatchNeeded,
      body: publicationInput,
      response: { 200: revised(issue, 'The published issue.'), ...refusals(409, 422, 428) },
    },
    handler: async (request, reply) =>
      sendRevised(
        reply,
        presentIssue(await publishIssue(request.ctx, request.params.id, readIfMatch(request))),
      ),
  });

  app.route({
    method: 'DELETE',
    url: '/issues/:id/publication',
    config: { role: 'editor' },
    schema: {
      operationId: 'unpublishIssue',
      tags: ['Workflow'],
      summary: 'Withdraw a published issue',
      description:
        'It is a draft again, and its public address answers as if it had never been. Its editions stay on record.',
      params: idParams,
      headers: ifMatchNeeded,
      response: { 200: revised(issue, 'The draft.'), ...refusals(409, 428) },
    },
    handler: async (request, reply) =>
      sendRevised(
        reply,
        presentIssue(await unpublishIssue(request.ctx, request.params.id, readIfMatch(request))),
      ),
  });
};
