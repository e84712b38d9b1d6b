import type { FastifyPluginAsyncZodOpenApi } from 'fastify-zod-openapi';
import { etagOf, ifMatchNeeded, readIfMatch } from '../../http/conditional.ts';
import { deletedWithin, idParams, revised } from '../../http/operations.ts';
import { refusals } from '../../http/refusals.ts';
import { createSection, deleteSection, updateSection } from './editing/section.ts';
import { presentSection } from './tree/present.ts';
import { section, sectionInput, sectionPatch } from './tree/section-schemas.ts';

/** Every response here carries the ETag of the issue. */
export const sectionRoutes: FastifyPluginAsyncZodOpenApi = async (app) => {
  app.route({
    method: 'POST',
    url: '/issues/:id/sections',
    config: { role: 'author' },
    schema: {
      operationId: 'createSection',
      tags: ['Sections'],
      summary: 'Add a section',
      description:
        'Adds the section, with its items, at the end of the issue. The issue can have at most 50 sections and 500 items.',
      params: idParams,
      headers: ifMatchNeeded,
      body: sectionInput,
      response: { 201: revised(section, 'The new section.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const created = await createSection(request.ctx, params.id, body, readIfMatch(request));
      return reply
        .code(201)
        .header('etag', etagOf(created.issue.revision))
        .send(presentSection(created.section));
    },
  });

  app.route({
    method: 'PATCH',
    url: '/sections/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'updateSection',
      tags: ['Sections'],
      summary: 'Change a section',
      description: 'Changes only the fields that are sent. Items have their own operations.',
      params: idParams,
      headers: ifMatchNeeded,
      body: sectionPatch,
      response: { 200: revised(section, 'The changed section.'), ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const { params, body } = request;
      const changed = await updateSection(request.ctx, params.id, body, readIfMatch(request));
      return reply
        .code(200)
        .header('etag', etagOf(changed.issue.revision))
        .send(presentSection(changed.section));
    },
  });

  app.route({
    method: 'DELETE',
    url: '/sections/:id',
    config: { role: 'author' },
    schema: {
      operationId: 'deleteSection',
      tags: ['Sections'],
      summary: 'Delete a section',
      description: 'Deletes the section and all its items.',
      params: idParams,
      headers: ifMatchNeeded,
      response: { 204: deletedWithin, ...refusals(422, 428) },
    },
    handler: async (request, reply) => {
      const issue = await deleteSection(request.ctx, request.params.id, readIfMatch(request));
      return reply.code(204).header('etag', etagOf(issue.revision)).send();
    },
  });
};
