import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import type { Context } from '../../context.ts';
import { ifMatchHonoured, readOptionalIfMatch, sendRevised } from '../../http/conditional.ts';
import { deleted, idParams, listed, revised } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { publicAddress } from '../../http/request-address.ts';
import { uuid } from '../../schemas.ts';
import { createPerson, deletePerson, getPerson, listPeople, updatePerson } from './person.ts';
import { presentPerson } from './present.ts';
import { person, personInput, personPatch } from './schemas.ts';

type Options = { requireUnused: (ctx: Context, id: string) => Promise<void> };

export const personRoutes: FastifyPluginAsyncZodOpenApi<Options> = async (app, { requireUnused }) => {
  app.route({
    method: 'POST',
    url: '/people',
    config: { role: 'admin' },
    schema: {
      operationId: 'createPerson',
      tags: ['People'],
      summary: 'Create a person',
      description: 'The person can be an author in every newsletter.',
      body: personInput,
      response: { 201: revised(person, 'The new person.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const created = presentPerson(await createPerson(request.ctx, request.body));
      reply.header('location', publicAddress(request, `${request.routeOptions.url}/${created.id}`));
      return sendRevised(reply, created, 201);
    },
  });

  app.route({
    method: 'GET',
    url: '/people',
    config: { role: 'viewer' },
    schema: {
      operationId: 'listPeople',
      tags: ['People'],
      summary: 'List people',
      description: 'Returns all people, newest first. All newsletters share them.',
      querystring: listQuery(uuid, {}),
      response: { 200: listed(pageOf(person, 'PersonPage'), 'A page of people.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listPeople(request.ctx, { limit, after: cursor });
      return sendPage(request, reply, { ...page, data: page.data.map(presentPerson) });
    },
  });

  app.route({
    method: 'GET',
    url: '/people/:id',
    config: { role: 'viewer' },
    schema: {
      operationId: 'getPerson',
      tags: ['People'],
      summary: 'Read a person',
      description: 'Returns the person with its ETag.',
      params: idParams,
      response: { 200: revised(person, 'The person.') },
    },
    handler: async (request, reply) =>
      sendRevised(reply, presentPerson(await getPerson(request.ctx, request.params.id))),
  });

  app.route({
    method: 'PATCH',
    url: '/people/:id',
    config: { role: 'admin' },
    schema: {
      operationId: 'updatePerson',
      tags: ['People'],
      summary: 'Change a person',
      description:
        'Changes only the fields that are sent. Published editions keep the old values until they are published again.',
      params: idParams,
      headers: ifMatchHonoured,
      body: personPatch,
      response: { 200: revised(person, 'The changed person.'), ...refusals(409, 422) },
    },
    handler: async (request, reply) => {
      const changed = await updatePerson(
        request.ctx,
        request.params.id,
        request.body,
        readOptionalIfMatch(request),
      );
      return sendRevised(reply, presentPerson(changed));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/people/:id',
    config: { role: 'admin' },
    schema: {
      operationId: 'deletePerson',
      tags: ['People'],
      summary: 'Delete a person',
      description:
        'Refused while an issue has the person as an author. In the problem, `uses` lists up to 20 of these issues, from newsletters that the API key can see, and `total` counts all of them.',
      params: idParams,
      headers: ifMatchHonoured,
      response: { 204: deleted, ...refusals(409) },
    },
    handler: async (request, reply) => {
      await deletePerson(request.ctx, request.params.id, readOptionalIfMatch(request), requireUnused);
      return reply.code(204).send();
    },
  });
};
