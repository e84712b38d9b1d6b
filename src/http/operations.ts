import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { idParam } from '../schemas.ts';
import { listHeaders, revisionHeaders } from './response-headers.ts';

/** Parts of the OpenAPI document that several modules share. */

export const idParams = z.object({ id: idParam });

/** A response with the ETag of the record that was read or written. */
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

/** The deletion of a part of an issue, which changes the ETag of the issue. */
export const deletedWithin: ZodOpenApiResponseObject = {
  id: 'DeletedWithin',
  description: 'Deleted. The ETag is that of the issue.',
  headers: revisionHeaders,
};

export const deleted: ZodOpenApiResponseObject = { id: 'Deleted', description: 'Deleted.' };

/** An onRoute hook of the Admin API. It adds the API key and the required role to the OpenAPI document. */
export function addSecurity(route: RouteOptions): void {
  if (!route.schema || route.schema.hide || !route.config?.role) return;
  Object.assign(route.schema, { security: [{ apiKey: [] }], 'x-role': route.config.role });
}
