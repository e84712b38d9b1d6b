import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { listed } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { uuid } from '../../schemas.ts';
import { listEvents } from './list-events.ts';
import { presentEvent } from './present.ts';
import { event, eventKey, eventType } from './schemas.ts';

export const eventRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'GET',
    url: '/events',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listEvents',
      tags: ['Events'],
      summary: 'List what happened',
      description:
        'Newest first. A key that is bound to newsletters sees theirs; events of keys are for admins.',
      querystring: listQuery(eventKey, {
        type: eventType.optional(),
        issueId: uuid.optional(),
        newsletterId: uuid.optional(),
      }),
      response: { 200: listed(pageOf(event, 'EventPage'), 'A page of events.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor, type, issueId, newsletterId } = request.query;
      const page = await listEvents(request.ctx, { limit, after: cursor, type, issueId, newsletterId });
      return sendPage(request, reply, { ...page, data: page.data.map(presentEvent) });
    },
  });
};
