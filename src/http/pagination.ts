import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { pageInfo } from '../schemas.ts';
import { canonicalAddress, publicAddress } from './request-address.ts';

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;
const LIMIT = 'Maximum number of entries in the response.';

/**
 * The query parameters of a list: `limit`, `cursor` and its filters. `key` is the position after which the page begins.
 * Clients see it as an opaque cursor.
 */
export function listQuery<K extends z.ZodType, F extends z.ZodRawShape>(
  key: K,
  filters: F,
  maxLimit = MAX_LIMIT,
) {
  return z.strictObject({ ...filters, limit: limitUpTo(maxLimit), cursor: cursorOf(key) });
}

/** A `limit` query parameter. */
export function limitUpTo(max = MAX_LIMIT) {
  return z
    .string()
    .regex(/^\d{1,6}$/, { error: 'must be a whole number' })
    .transform(Number)
    .pipe(z.int().min(1).max(max))
    .default(DEFAULT_LIMIT)
    .meta({ sentAs: max === MAX_LIMIT ? usualLimit : sentLimit(max) });
}

const usualLimit = sentLimit(MAX_LIMIT).meta({ param: { id: 'Limit', description: LIMIT } });

function sentLimit(max: number) {
  return z
    .int()
    .min(1)
    .max(max)
    .default(DEFAULT_LIMIT)
    .meta({ param: { description: LIMIT } });
}

const sentCursor = z
  .string()
  .max(500)
  .optional()
  .meta({ param: { id: 'Cursor', description: '`page.next` of the previous page.' } });

function cursorOf<K extends z.ZodType>(key: K) {
  return z
    .string()
    .max(500)
    .transform((cursor, check) => {
      const parsed = key.safeParse(decode(cursor));
      if (parsed.success) return parsed.data;
      check.addIssue({ code: 'custom', message: 'is not a cursor of this list' });
      return z.NEVER;
    })
    .optional()
    .meta({ sentAs: sentCursor });
}

function decode(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** Schema of one page of a list: `{ data, page: { next } }`. */
export function pageOf<T extends z.ZodType>(entry: T, id: string) {
  return z.object({ data: z.array(entry), page: pageInfo }).meta({ id });
}

export type Page<T> = { data: T[]; next: unknown };

export function sendPage<T>(request: FastifyRequest, reply: FastifyReply, { data, next }: Page<T>) {
  const cursor = next === null ? null : encodeCursor(next);
  if (cursor !== null) linkToNext(request, reply, cursor);
  return reply.code(200).send({ data, page: { next: cursor } });
}

/** Adds the address of the next page as a Link header: RFC 8288. */
export function linkToNext(request: FastifyRequest, reply: FastifyReply, cursor: string): void {
  reply.header('link', `<${addressOfNextPage(request, cursor)}>; rel="next"`);
}

export function addressOfNextPage(request: FastifyRequest, cursor: string): string {
  return publicAddress(request, addressWithCursor(canonicalAddress(request), cursor));
}

export function encodeCursor(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** The same address with another cursor. */
export function addressWithCursor(url: string, cursor: string): string {
  // Only the first question mark ends the path. A filter may contain another.
  const [path = ''] = url.split('?', 1);
  const parameters = new URLSearchParams(url.slice(path.length + 1));
  parameters.set('cursor', cursor);
  return `${path}?${parameters}`;
}
