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
        'Schedules a draft, or moves a scheduled issue to another time. Corrections of a published issue are not scheduled: publish them, and readers see them at once. The issue must be ready, and the time must be in the future. At that time the issue is published with the content that it then has. A local time that daylight saving time skips or repeats is refused, and the response lists the possible instants.',
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
      summary: 'Unschedule an issue',
      description: 'Moves the issue back to draft. Only a scheduled issue can be unscheduled.',
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
      summary: 'Publish an issue or its changes',
      description:
        'Publishes the current tree as a new edition, which readers see from then on. The issue can have any status, but it must be ready. If readers already see exactly this content, nothing changes.',
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
        'Moves the issue back to draft. Its public address then returns 404. Its editions are kept and can still be read through the Admin API.',
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
