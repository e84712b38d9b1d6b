import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import findMyWay from 'find-my-way';

declare module 'fastify' {
  interface FastifyInstance {
    /** The methods that the path of a URL accepts, in the order of METHODS. Empty if there is no operation. */
    allowedMethods(url: string): string[];
  }
}

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;
/** As long as the URLs that Node accepts, so that a long parameter is a 404 and not a 414. */
export const ROUTER_OPTIONS = { maxParamLength: 16_384 } as const;

/**
 * Collects the routes that are registered after it. Fastify has a tree of paths for each method, so it cannot tell which
 * methods a path has; this is one tree for all of them. In it `/papers/imports` is not an id of `/papers/:id`.
 * Routes for OPTIONS also answer preflights of paths that do not exist, so they do not count.
 */
export const allowedMethods = fp(async (app: FastifyInstance) => {
  const router = findMyWay(ROUTER_OPTIONS);
  const methodsByPath = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ method, url }) => {
    const known = METHODS.filter((each) => [method].flat().includes(each));
    if (known.length === 0) return;
    const methods = methodsByPath.get(url) ?? new Set();
    if (methods.size === 0) router.on('GET', url, () => {}, methods);
    methodsByPath.set(url, methods);
    for (const each of known) methods.add(each);
  });
  app.decorate('allowedMethods', (url: string) => {
    const methods: unknown = router.find('GET', url)?.store;
    return methods instanceof Set ? [...METHODS.filter((method) => methods.has(method)), 'OPTIONS'] : [];
  });
});
