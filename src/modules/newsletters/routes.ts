import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type { Context } from '../../context.ts';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { publicAddress } from '../../http/request-address.ts';
import { uuid } from '../../schemas.ts';
import {
  createNewsletter,
  deleteNewsletter,
  getNewsletter,
  listNewsletters,
  updateNewsletter,
} from './newsletter.ts';
import { presentNewsletter } from './present.ts';
import { newsletter, newsletterInput, newsletterPatch } from './schemas.ts';

type Options = { countIssues: (ctx: Context, newsletterId: string) => Promise<number> };

export const newsletterRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { countIssues }) => {
  app.route({
    method: 'POST',
    url: '/newsletters',
    config: { role: 'admin' },
    schema: {
      operationId: 'createNewsletter',
      tags: ['Newsletters'],
      summary: 'Create a newsletter',
      description: 'Refused for an API key that is bound to newsletters.',
      body: newsletterInput,
      response: { 201: revised(newsletter, 'The new newsletter.'), ...refusals(409) },
    },
    handler: async (request, reply) => {
      const created = presentNewsletter(await createNewsletter(request.ctx, request.body));
      reply.header('location', publicAddress(request, `${request.routeOptions.url}/${created.id}`));
      return sendRevised(reply, created, 201);
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listNewsletters',
      tags: ['Newsletters'],
      summary: 'List newsletters',
      description: 'Returns the newsletters that the API key can see, newest first.',
      querystring: listQuery(uuid, {}),
      response: { 200: listed(pageOf(newsletter, 'NewsletterPage'), 'A page of newsletters.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listNewsletters(request.ctx, { limit, after: cursor });
      return sendPage(request, reply, { ...page, data: page.data.map(presentNewsletter) });
    },
  });

  app.route({
    method: 'GET',
    url: '/newsletters/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getNewsletter',
      tags: ['Newsletters'],
      summary: 'Read a newsletter',
      description: 'Returns the newsletter with its ETag.',
      params: idParams,
      response: { 200: revised(newsletter, 'The newsletter.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, presentNewsletter(await getNewsletter(request.ctx, request.params.id))),
  });

  app.route({
    method: 'PATCH',
    url: '/newsletters/:id',
    config: { role: 'admin' },
    schema: {
      operationId: 'updateNewsletter',
      tags: ['Newsletters'],
      summary: 'Change a newsletter',
      description:
        'Changes only the fields that are sent. Published editions keep the old values until they are published again.',
      params: idParams,
      headers: ifMatchHonoured,
      body: newsletterPatch,
      response: { 200: revised(newsletter, 'The changed newsletter.'), ...refusals(409) },
    },
    handler: async (request, reply) => {
      const changed = await updateNewsletter(
        request.ctx,
        request.params.id,
        request.body,
        readOptionalIfMatch(request),
      );
      return sendRevised(reply, presentNewsletter(changed));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/newsletters/:id',
    config: { role: 'admin' },
    schema: {
      operationId: 'deleteNewsletter',
      tags: ['Newsletters'],
      summary: 'Delete a newsletter',
      description: 'Refused while the newsletter has issues.',
      params: idParams,
      headers: ifMatchHonoured,
      response: { 204: deleted, ...refusals(409) },
    },
    handler: async (request, reply) => {
      await deleteNewsletter(request.ctx, request.params.id, readOptionalIfMatch(request), countIssues);
      return reply.code(204).send();
    },
  });
};
