import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { etagOf, ifMatchNeeded, readIfMatch } from '../../http/conditional.ts';
import { deletedWithin, idParams, revised } from '../../http/operations.ts';
import { refusals } from '../../http/refusals.ts';
import { createItem, deleteItem, moveItem, updateItem } from './editing/item.ts';
import { item, itemInput, itemPatch, itemPosition } from './tree/item-schemas.ts';
import { presentItem } from './tree/present.ts';

/** Every response here carries the ETag of the issue. */
export const itemRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'POST',
    url: '/sections/:id/items',
    config: { role: 'author' },
    schema: {
      operationId: 'createItem',
      tags: ['Items'],
      summary: 'Add an item',
      description:
        'Adds the item at the end of the section. An issue can have at most 500 items, and a section at most 200.',
      params: idParams,
      headers: ifMatchNeeded,
      body: itemInput,
      response: { 201: revised(item, 'The new item.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const created = await createItem(request.ctx, params.id, body, readIfMatch(request));
      return reply.code(201).header('etag', etagOf(created.issue.revision)).send(presentItem(created.item));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/items/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'updateItem',
      tags: ['Items'],
      summary: 'Change an item',
      description: 'Changes only the fields that are sent. To move the item, use `PUT /items/{id}/position`.',
      params: idParams,
      headers: ifMatchNeeded,
      body: itemPatch,
      response: { 200: revised(item, 'The changed item.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const changed = await updateItem(request.ctx, params.id, body, readIfMatch(request));
      return reply.code(200).header('etag', etagOf(changed.issue.revision)).send(presentItem(changed.item));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/items/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'deleteItem',
      tags: ['Items'],
      summary: 'Delete an item',
      description: 'Deletes the item. The items after it move up by one position.',
      params: idParams,
      headers: ifMatchNeeded,
      response: { 204: deletedWithin, ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const issue = await deleteItem(request.ctx, request.params.id, readIfMatch(request));
      return reply.code(204).header('etag', etagOf(issue.revision)).send();
    },
  });

  app.route({
    method: 'PUT',
    url: '/items/:id/position',
    config: { role: 'author' },
    schema: {
      operationId: 'moveItem',
      tags: ['Items'],
      summary: 'Move an item',
      description: 'Moves the item within its section or to another section of the same issue.',
      params: idParams,
      headers: ifMatchNeeded,
      body: itemPosition,
      response: { 200: revised(item, 'The moved item.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const moved = await moveItem(request.ctx, params.id, body, readIfMatch(request));
      return reply.code(200).header('etag', etagOf(moved.issue.revision)).send(presentItem(moved.item));
    },
  });
};
