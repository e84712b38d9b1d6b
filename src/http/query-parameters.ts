import type { RouteOptions } from 'fastify';
import { z } from 'zod';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The names of the query parameters of a public GET, which ignores all others. Undefined: others are refused. */
    parameters?: ReadonlySet<string>;
  }
}

/**
 * An onRoute hook. Public GETs ignore unknown query parameters, because mail programs, social networks and feed readers
 * append their own to links. All other operations refuse them: a misspelt filter must not return everything.
 */
export function settleUnknownParameters(route: RouteOptions): void {
  if (!route.schema || route.schema.hide) return;
  const query = querySchema.parse(route.schema.querystring);
  const isIgnoring = isPublicRead(route);
  route.schema.querystring = isIgnoring ? query.strip() : query;
  if (isIgnoring) route.config = { ...route.config, parameters: new Set(Object.keys(query.shape)) };
}

const querySchema = z.instanceof(z.ZodObject).default(z.strictObject({}));

function isPublicRead({ method, config }: RouteOptions): boolean {
  return config?.role === undefined && (method === 'GET' || method === 'HEAD');
}

/** How often a parameter was given: clients may repeat it, as in `fields=title&fields=slug`. */
export function countParameter(query: unknown, name: PropertyKey): number {
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined;
  if (Array.isArray(value)) return value.length;
  return value === undefined ? 0 : 1;
}
