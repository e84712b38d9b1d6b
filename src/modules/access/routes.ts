import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { deleted, idParams, listed } from '../../http/operations.ts';
import { listQuery, pageOf, sendPage } from '../../http/pagination.ts';
import { refusals } from '../../http/refusals.ts';
import { uuid } from '../../schemas.ts';
import { createApiKey, deleteApiKey, listApiKeys } from './api-key.ts';
import { presentApiKey } from './present.ts';
import { apiKey, apiKeyInput, newApiKey } from './schemas.ts';

export const apiKeyRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'POST',
    url: '/api-keys',
    config: { role: 'admin' },
    schema: {
      operationId: 'createApiKey',
      tags: ['API keys'],
      summary: 'Create an API key',
      description:
        'The response contains the secret, which cannot be read again. Refused for an API key that is bound to newsletters.',
      body: apiKeyInput,
      response: {
        201: { description: 'The new key.', content: { 'application/json': { schema: newApiKey } } },
        ...refusals(422),
      },
    },
    handler: async (request, reply) => {
      const { secret, ...key } = await createApiKey(request.ctx, request.body);
      return reply.code(201).send({ ...presentApiKey(key), secret });
    },
  });

  app.route({
    method: 'GET',
    url: '/api-keys',
    config: { role: 'admin' },
    schema: {
      operationId: 'listApiKeys',
      tags: ['API keys'],
      summary: 'List API keys',
      description:
        'Returns all API keys, newest first, without their secrets. Refused for an API key that is bound to newsletters.',
      querystring: listQuery(uuid, {}),
      response: { 200: listed(pageOf(apiKey, 'ApiKeyPage'), 'A page of keys.') },
    },
    handler: async (request, reply) => {
      const { limit, cursor } = request.query;
      const page = await listApiKeys(request.ctx, { limit, after: cursor });
      return sendPage(request, reply, { ...page, data: page.data.map(presentApiKey) });
    },
  });

  app.route({
    method: 'DELETE',
    url: '/api-keys/:id',
    config: { role: 'admin' },
    schema: {
      operationId: 'deleteApiKey',
      tags: ['API keys'],
      summary: 'Revoke an API key',
      description:
        'Requests with the key are refused from then on. The last API key that can create keys cannot be revoked. Refused for an API key that is bound to newsletters.',
      params: idParams,
      response: { 204: deleted, ...refusals(409) },
    },
    handler: async (request, reply) => {
      await deleteApiKey(request.ctx, request.params.id);
      return reply.code(204).send();
    },
  });
};
