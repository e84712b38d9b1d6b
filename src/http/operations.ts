import type { RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { uuid } from '../schemas.ts';

/** What the routes of several modules say in the same words. */

export const idParams = z.object({
  id: uuid.meta({ description: 'UUID', examples: ['0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11'] }),
});

const etagHeader = z
  .string()
  .meta({ description: 'The revision, in quotes: send it back as If-Match.', examples: ['"7"'] });

/** A response that carries the ETag of what was read or written. */
export function revised(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  return {
    description,
    headers: z.object({ etag: etagHeader }),
    content: { 'application/json': { schema } },
  };
}

export function listed(schema: z.ZodType, description: string): ZodOpenApiResponseObject {
  const link = z.string().optional().meta({ description: 'The next page, as rel="next"; not on the last.' });
  return { description, headers: z.object({ link }), content: { 'application/json': { schema } } };
}

/** A deletion within a resource whose ETag it changes. */
export const deletedWithin: ZodOpenApiResponseObject = {
  description: 'It is gone; the ETag is that of the issue it was in.',
  headers: z.object({ etag: etagHeader }),
};

export const deleted: ZodOpenApiResponseObject = { description: 'It is gone.' };

/** An onRoute hook of the Admin API: the document says which role an operation needs, and how one shows it. */
export function addSecurity(route: RouteOptions): void {
  if (!route.schema || route.schema.hide || !route.config?.role) return;
  Object.assign(route.schema, { security: [{ apiKey: [] }], 'x-role': route.config.role });
}
