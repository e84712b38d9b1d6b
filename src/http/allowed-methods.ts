import type { FastifyInstance } from 'fastify';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that the path of a URL accepts, in the order of METHODS. Empty if there is no operation. */
    allowedMethods(url: string): string[];
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/** Routes for OPTIONS also answer preflights of paths that do not exist, so they do not count. */
export function decorateAllowedMethods(app: FastifyInstance): void {
  app.decorate('allowedMethods', (url: string) => {
    const found = METHODS.map((method) => ({ method, parameters: countParameters(app, method, url) }));
    // The fixed part of one path matches as the id in another: /papers/imports is also a paper for GET.
    const fewest = Math.min(...found.map(({ parameters }) => parameters));
    if (fewest === Number.POSITIVE_INFINITY) return [];
    const allowed = found.filter(({ parameters }) => parameters === fewest);
    return [...allowed.map(({ method }) => method), 'OPTIONS'];
  });
}

/** In the path of the route. Infinite if there is none. */
function countParameters(app: FastifyInstance, method: (typeof METHODS)[number], url: string): number {
  const route = app.findRoute({ method, url });
  return route === null ? Number.POSITIVE_INFINITY : Object.keys(route.params).length;
}
