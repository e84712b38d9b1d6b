import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { DomainError } from '../errors.ts';
import type { IfMatch } from '../lib/revision.ts';

const description =
  'ETag of the revision to change, such as `"7"`, a list of ETags, or `*` for any revision. The request is refused with 412 if none matches.';

/** RFC 9110, section 13.1.1. */
const entityTags = /^\s*(\*|(W\/)?"[^"]*"(\s*,\s*(W\/)?"[^"]*")*)\s*$/;

const ifMatch = z
  .string()
  .max(1000)
  .regex(entityTags, { error: 'must be an ETag in quotes, a list of them, or *' });

/** Required, though the schema lets it be missing: without it the answer is a 428 and not a 400. */
export const ifMatchNeeded = z.looseObject({
  'if-match': ifMatch
    .optional()
    .meta({ examples: ['"7"'], param: { id: 'IfMatch', description, required: true } }),
});

export const ifMatchHonoured = z.looseObject({
  'if-match': ifMatch
    .optional()
    .meta({ examples: ['"7"'], param: { id: 'OptionalIfMatch', description: `Optional. ${description}` } }),
});

/** The request header of every operation that can return a 304. */
export const ifNoneMatch = z.object({
  'if-none-match': z
    .string()
    .optional()
    .meta({
      examples: ['"pX2Vb1kQ3uY0sZ8tGm5R7A"'],
      param: {
        id: 'IfNoneMatch',
        description:
          'ETags of copies that the client has. If the response matches one of them, the answer is a 304 without a body.',
      },
    }),
});

export function etagOf(revision: number): string {
  return `"${revision}"`;
}

/** Reads If-Match of a write that requires it. Throws a 428 if it is missing. */
export function readIfMatch(request: FastifyRequest): IfMatch {
  const header = request.headers['if-match'];
  if (header !== undefined) return parseIfMatch(header);
  throw new DomainError(
    'precondition_required',
    'if_match_needed',
    'Send If-Match with the ETag that you read.',
  );
}

/** Reads If-Match of a write that does not require it. */
export function readOptionalIfMatch(request: FastifyRequest): IfMatch {
  const header = request.headers['if-match'];
  return header === undefined ? '*' : parseIfMatch(header);
}

function parseIfMatch(header: string): IfMatch {
  return header.trim() === '*' ? '*' : header.split(',').flatMap(readTag);
}

/** RFC 9110, section 13.1.1: If-Match compares strongly, so a weak ETag never matches. One that is no revision is left out. */
function readTag(text: string): (number | 'weak')[] {
  const tag = text.trim();
  if (tag.startsWith('W/')) return ['weak'];
  const revision = /^"(\d{1,9})"$/.exec(tag)?.[1];
  return revision === undefined ? [] : [Number(revision)];
}

export function sendRevised<T extends { revision: number }>(reply: FastifyReply, resource: T, status = 200) {
  return reply.code(status).header('etag', etagOf(resource.revision)).send(resource);
}

/** RFC 9110, section 13.1.2: If-None-Match is a list and compares weakly. */
export function matchesEtag(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  if (header === etag || header.trim() === '*') return true;
  return header.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
}

/** The three forms of RFC 9110, section 5.6.7. The last one has no time zone, but is in UTC too. */
const HTTP_DATE =
  /^(?:[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4}|[A-Z][a-z]{5,8}, \d{2}-[A-Z][a-z]{2}-\d{2}) \d{2}:\d{2}:\d{2} GMT$/;
const ASCTIME_DATE = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \d{4}$/;

/** RFC 9110, section 13.1.3: a value that is not a date is ignored. `lastModified` is in milliseconds since 1970. */
export function isUnmodifiedSince(header: string, lastModified: number): boolean {
  const text = ASCTIME_DATE.test(header) ? `${header} GMT` : header;
  const since = text !== header || HTTP_DATE.test(header) ? Date.parse(text) : Number.NaN;
  return lastModified <= since;
}
