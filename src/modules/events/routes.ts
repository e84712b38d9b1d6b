import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { listed } from '../../http/operations.ts';
import { encodeCursor, linkToNext, listQuery } from '../../http/pagination.ts';
import { uuid } from '../../schemas.ts';
import { type EventPage, listEvents } from './list-events.ts';
import { presentEvent } from './present.ts';
import { type EventKey, type EventOrder, eventKey, eventOrder, eventPage, eventType } from './schemas.ts';

const DESCRIPTION = `Returns the changes that were made through the Admin API, by the schedule and by Masthead itself.

To follow the list, send \`order=oldest\`. Start without a cursor, read pages until \`page.isLast\` is true, and keep the
last \`page.next\`. Send it as the cursor at any later time. Every event is returned exactly once, even if transactions
overlap. A cursor must be sent with the \`order\` and the filters of the request that returned it.

\`at\` is the time at which the transaction of the change started. The event of a slow transaction is listed after those
of faster ones, so the list is not strictly ordered by \`at\`. An API key that is bound to newsletters sees only their
events. Only admins see events about API keys.`;

const eventQuery = listQuery(eventKey, {
  order: eventOrder.default('newest').meta({ description: 'Order of the events.' }),
  type: eventType.optional(),
  issueId: uuid.optional(),
  newsletterId: uuid.optional(),
}).refine(isCursorOfOrder, {
  error: 'belongs to the other `order`; send the `order` of the request that returned it',
  path: ['cursor'],
});

function isCursorOfOrder({ order, cursor }: { order: EventOrder; cursor?: EventKey | undefined }): boolean {
  return cursor === undefined || cursor.order === order;
}

export const eventRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'GET',
    url: '/events',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listEvents',
      tags: ['Events'],
      summary: 'List or follow events',
      description: DESCRIPTION,
      querystring: eventQuery,
      response: { 200: listed(eventPage, 'A page of events.') },
    },
    handler: async (request, reply) => {
      const { cursor: after, ...query } = request.query;
      return sendEvents(request, reply, await listEvents(request.ctx, { ...query, after }));
    },
  });
};

/** The last page has no Link header, though with `order=oldest` it has a cursor. */
function sendEvents(request: FastifyRequest, reply: FastifyReply, { data, next, isLast }: EventPage) {
  const cursor = next && encodeCursor(next);
  if (cursor !== null && !isLast) linkToNext(request, reply, cursor);
  return reply.code(200).send({ data: data.map(presentEvent), page: { next: cursor, isLast } });
}
