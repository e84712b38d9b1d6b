import type { FastifyInstance, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import type { Actor, Context } from '../context.ts';
import type { PrismaClient } from '../database/generated/client.ts';
import { DomainError } from '../errors.ts';
import { makeSlowDown } from './slow-down-guessing.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** The actor and the database. Set by `authenticate`. */
    ctx: Context;
  }
}

export type FindActor = (secret: string, now: Date) => Promise<Actor | null>;

type Options = { prisma: PrismaClient; findActor: FindActor; onStale: Context['onStale'] };

/** Authenticates the request by its API key before anything else is parsed, and sets `request.ctx`. */
export const authenticate = fp(async (app: FastifyInstance, { prisma, findActor, onStale }: Options) => {
  // The type has no null, because the hook below sets it before any handler runs.
  app.decorateRequest('ctx', null as unknown as Context);
  const slowDown = makeSlowDown();
  app.addHook('onRequest', async (request) => {
    const now = new Date();
    const actor = await findActor(readBearer(request), now);
    if (!actor) {
      await slowDown(request.socket.remoteAddress ?? '');
      throw unauthenticated('The API key is unknown, expired or revoked.');
    }
    request.ctx = { db: prisma, actor, now, onStale };
  });
});

/** RFC 9110, sections 11.1 and 11.4: the scheme is case-insensitive, and one or more spaces follow it. */
function readBearer(request: FastifyRequest): string {
  const secret = /^bearer +([\x21-\x7e]{1,256})$/i.exec(request.headers.authorization ?? '')?.[1];
  if (!secret) throw unauthenticated('Send an API key as `Authorization: Bearer <key>`.');
  return secret;
}

function unauthenticated(message: string): DomainError {
  return new DomainError('unauthenticated', 'unauthenticated', message);
}
