import type { FastifyInstance } from 'fastify';
import fp from 'fastify-plugin';
import { DomainError } from '../errors.ts';
import { ROLES, type Role } from '../lib/roles.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The lowest role that may call the operation. */
    role?: Role;
  }
}

/** Requires every route that is registered after it to state a role, and checks the role of each request. */
export const authorize = fp(async (app: FastifyInstance) => {
  app.addHook('onRoute', (route) => {
    if (!route.config?.role) throw new Error(`${route.method} ${route.url} states no role`);
  });
  app.addHook('onRequest', async (request) => {
    const needed = request.routeOptions.config.role;
    // Only the 404 handler has no role.
    if (needed && !hasRole(request.ctx.actor.role, needed)) {
      throw new DomainError(
        'forbidden',
        'role_too_low',
        `This operation requires at least the ${needed} role.`,
        { needed },
      );
    }
  });
});

function hasRole(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed);
}
