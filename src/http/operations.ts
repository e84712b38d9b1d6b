import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { idParam } from '../schemas.ts';
import { listHeaders, revisionHeaders } from './response-headers.ts';

/** What the routes of several modules say in the same words. */

export const idParams = z.object({ id: idParam });

/** A response that carries the ETag of what was read or written. */
export function revised(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  return {
    description,
    headers: revisionHeaders,
    content: { 'application/json': { schema } },
  };
}

export function listed(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  return { description, headers: listHeaders, content: { 'application/json': { schema } } };
}

/** A deletion within a resource whose ETag it changes. */
export const deletedWithin: ZodOpenApiResponseObject = {
  id: 'DeletedWithin',
  description: 'It is gone; the ETag is that of the issue it was in.',
  headers: revisionHeaders,
};

export const deleted: ZodOpenApiResponseObject = { id: 'Deleted', description: 'It is gone.' };

/** An onRoute hook of the Admin API: the document says which role an operation needs, and how one shows it. */
export function addSecurity(route: RouteOptions): void {
  if (!route.schema || route.schema.hide || !route.config?.role) return;
  Object.assign(route.schema, { security: [{ apiKey: [] }], 'x-role': route.config.role });
}
