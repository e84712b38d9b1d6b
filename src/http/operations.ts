import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { uuid } from '../schemas.ts';

/** Parts of the OpenAPI document that several modules share. */

export const idParams = z.object({
  id: uuid.meta({ description: 'UUID of the record.', examples: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11'] }),
});

const etagHeader = z.string().meta({
  description: 'The revision in quotes. Send it as If-Match to change this revision.',
  examples: ['"7"'],
});

/** A response with the ETag of the record that was read or written. */
export function revised(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  return {
    description,
    headers: z.object({ etag: etagHeader }),
    content: { 'application/json': { schema } },
  };
}

export function listed(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  const link = z
    .string()
    .optional()
    .meta({ description: 'URL of the next page, as rel="next". Missing on the last page.' });
  return { description, headers: z.object({ link }), content: { 'application/json': { schema } } };
}

/** The deletion of a part of an issue, which changes the ETag of the issue. */
export const deletedWithin: ZodOpenApiResponseObject = {
  description: 'Deleted. The ETag is that of the issue.',
  headers: z.object({ etag: etagHeader }),
};

export const deleted: ZodOpenApiResponseObject = { description: 'Deleted.' };

/** An onRoute hook of the Admin API. It adds the API key and the required role to the OpenAPI document. */
export function addSecurity(route: RouteOptions): void {
  if (!route.schema || route.schema.hide || !route.config?.role) return;
  Object.assign(route.schema, { security: [{ apiKey: [] }], 'x-role': route.config.role });
}
