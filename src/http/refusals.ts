import type { FastifySchema, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { makeProblem } from './problem.ts';

/** The refusals that the OpenAPI document tells of, as named components. */

const faultLocation = z.enum(['query', 'path', 'headers', 'issue']).meta({ id: 'FaultLocation' });

const fault = z
  .object({
    pointer: z.string().meta({ description: 'RFC 6901, from the root of the part that `in` names.' }),
    code: z.string().meta({ description: 'Stable.' }),
    message: z.string().meta({ description: 'For people; may change.' }),
    in: faultLocation.optional().meta({
      description:
        'What the pointer points into: a part of the request, or the issue as GET /issues/{id} shows it. Left out: the body.',
    }),
    remedy: z.string().optional().meta({ description: 'How to mend it.' }),
  })
  .meta({ id: 'Fault', description: 'One thing at fault in the request.' });

const problem = z
  .looseObject({
    type: z.string().meta({ description: 'Stable; tells kinds of problems apart.' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(fault).optional().meta({ description: 'Every field at fault.' }),
  })
  .meta({ id: 'Problem', description: 'RFC 9457. Some types carry further members.' });

type Refusal = { id: string; description: string; code: string; detail: string };

const REFUSALS = {
  400: {
    id: 'Malformed',
    description: 'The schema refuses the request; every fault is named and nothing was changed.',
    code: 'invalid_request',
    detail: '2 values are not acceptable.',
  },
  401: {
    id: 'Unauthenticated',
    description: 'No API key, or one that is unknown, expired or revoked.',
    code: 'unauthenticated',
    detail: 'The API key is unknown, expired or revoked.',
  },
  403: {
    id: 'Forbidden',
    description: "The key's role is too low, or the key is bound to other newsletters.",
    code: 'role_too_low',
    detail: 'This needs the role editor.',
  },
  404: {
    id: 'NotFound',
    description: 'It is unknown, gone, or not yours to see: the same answer for all three.',
    code: 'not_found',
    detail: 'There is no such issue.',
  },
  409: {
    id: 'Conflict',
    description: 'It conflicts with what is there: a state, a unique value, a use elsewhere.',
    code: 'slug_taken',
    detail: 'Not unique: another newsletter has this slug.',
  },
  412: {
    id: 'Stale',
    description: 'It has changed since the ETag in If-Match was read.',
    code: 'stale_revision',
    detail: 'The resource has changed and is now at revision 4. Read it again, then repeat the request.',
  },
  413: {
    id: 'TooLarge',
    description: 'The body is larger than this operation takes.',
    code: 'body_too_large',
    detail: 'Request body is too large',
  },
  415: {
    id: 'UnsupportedMediaType',
    description: 'The body is of a media type that this operation does not take.',
    code: 'invalid_media_type',
    detail: 'Unsupported Media Type',
  },
  416: {
    id: 'RangeNotSatisfiable',
    description: 'None of the bytes that Range asks for are there; Content-Range says how many there are.',
    code: 'range_not_satisfiable',
    detail: 'There are 48213 bytes.',
  },
  422: {
    id: 'Impossible',
    description: 'Well-formed, but it cannot be done; `errors` names what stands in the way.',
    code: 'unknown_reference',
    detail: 'The body refers to records that do not exist or cannot be used there.',
  },
  428: {
    id: 'IfMatchNeeded',
    description: 'This write needs If-Match.',
    code: 'if_match_needed',
    detail: 'Send If-Match with the ETag that you read.',
  },
  503: {
    id: 'Unavailable',
    description:
      'The database or the storage of media does not answer, or too much is under way; Retry-After says when to try again.',
    code: 'database_unavailable',
    detail: 'The database does not answer at the moment.',
  },
  507: {
    id: 'StorageFull',
    description: 'There is no room for the file; nothing of it was kept, and everything else goes on.',
    code: 'storage_full',
    detail: 'There is no room left for files.',
  },
} as const satisfies Record<number, Refusal>;

export type RefusalStatus = keyof typeof REFUSALS;

const RESPONSES = Object.fromEntries(
  Object.entries(REFUSALS).map(([status, refusal]) => [status, describeRefusal(Number(status), refusal)]),
);

function describeRefusal(
  status: number,
  { id, description, code, detail }: Refusal,
): ZodOpenApiResponseObject {
  const examples = { [code]: { value: makeProblem(status, code, detail) } };
  return { id, description, content: { 'application/problem+json': { schema: problem, examples } } };
}

/** Entries of a route's `response`, for the refusals that its schema does not already tell of. */
export function refusals(...statuses: RefusalStatus[]): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    statuses.flatMap((status) => (RESPONSES[status] ? [[status, RESPONSES[status]]] : [])),
  );
}

/** An onRoute hook: a route that takes no query refuses one, as the others refuse what they do not know. */
export function refuseUnknownQueries(route: RouteOptions): void {
  if (route.schema && !route.schema.hide) route.schema.querystring ??= z.strictObject({});
}

/** An onRoute hook: adds the refusals that follow from what the schema takes, so that no route forgets one. */
export function addImpliedRefusals(route: RouteOptions): void {
  if (!route.schema || route.schema.hide) return;
  const implied = refusals(...impliedStatuses(route.schema, route.config?.role));
  const stated = typeof route.schema.response === 'object' ? route.schema.response : {};
  route.schema.response = { ...implied, ...stated };
}

function impliedStatuses(schema: FastifySchema, role: string | undefined): RefusalStatus[] {
  const statuses: RefusalStatus[] = [503];
  if (schema.params || schema.querystring || schema.body) statuses.push(400);
  if (schema.params) statuses.push(404);
  if (schema.body) statuses.push(409, 413, 415);
  if (takesIfMatch(schema.headers)) statuses.push(412);
  if (role) statuses.push(401);
  if (role && role !== 'viewer') statuses.push(403);
  return statuses;
}

function takesIfMatch(headers: unknown): boolean {
  return headers instanceof z.ZodObject && 'if-match' in headers.shape;
}
