import type { FastifySchema, RouteOptions } from 'fastify';
import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import type { ProblemCodeOf, Status } from '../problems/catalogue.ts';
import { problemMaker } from './make-problem.ts';

/** The error responses in the OpenAPI document, as named components. */

const faultLocation = z.enum(['query', 'path', 'headers', 'issue']).meta({ id: 'FaultLocation' });

const fault = z
  .object({
    pointer: z
      .string()
      .meta({ description: 'JSON pointer (RFC 6901) from the root of the part that `in` names.' }),
    code: z.string().meta({ description: 'Stable code for the kind of fault.' }),
    message: z.string().meta({ description: 'Explanation for people. Its wording may change.' }),
    in: faultLocation.optional().meta({
      description:
        'What the pointer points into: a part of the request, or the issue as `GET /admin/v1/issues/{id}` returns it. If absent, the request body.',
    }),
    remedy: z.string().optional().meta({ description: 'How to fix the fault.' }),
  })
  .meta({ id: 'Fault', description: 'One fault in the request or in the issue.' });

const problem = z
  .looseObject({
    type: z.string().meta({ description: 'URL of a page that explains the problem.' }),
    title: z.string(),
    status: z.int(),
    code: z.string().meta({ description: 'Stable code for the kind of problem.' }),
    detail: z.string(),
    errors: z
      .array(fault)
      .optional()
      .meta({ description: 'The faults that caused the problem, at most 100.' }),
    omittedErrors: z
      .int()
      .min(1)
      .optional()
      .meta({ description: 'The number of faults that `errors` leaves out, if there are more than 100.' }),
  })
  .meta({ id: 'Problem', description: 'A problem (RFC 9457). Some types have additional members.' });

type Refusal<S extends Status> = {
  id: string;
  description: string;
  code: ProblemCodeOf<S>;
  detail: string;
  extensions?: { errors?: z.infer<typeof fault>[]; accepted?: string[] };
};

const makeExample = problemMaker('https://masthead.example.org');

const REFUSALS = {
  400: {
    id: 'Malformed',
    description:
      'The request is malformed. If it does not match the schema, `errors` lists the faults. Nothing was changed.',
    code: 'invalid_request',
    detail: '2 values are invalid.',
    extensions: {
      errors: [
        { pointer: '/title', code: 'too_big', message: 'must have at most 300 characters' },
        {
          pointer: '/limit',
          code: 'too_small',
          message: 'must be at least 1',
          in: 'query',
        },
      ],
    },
  },
  401: {
    id: 'Unauthenticated',
    description: 'The API key is missing, unknown, expired or revoked.',
    code: 'unauthenticated',
    detail: 'The API key is unknown, expired or revoked.',
  },
  403: {
    id: 'Forbidden',
    description:
      'The role of the API key is too low, or the key is bound to newsletters and the operation concerns all newsletters.',
    code: 'role_too_low',
    detail: 'This operation requires at least the editor role.',
  },
  404: {
    id: 'NotFound',
    description: 'The record does not exist, was deleted, or is not visible to the caller.',
    code: 'not_found',
    detail: 'There is no such issue.',
  },
  409: {
    id: 'Conflict',
    description:
      'The request conflicts with the current data: with the state of the record, a unique value or a use of the record.',
    code: 'slug_taken',
    detail: 'Not unique: another newsletter has this slug.',
  },
  412: {
    id: 'Stale',
    description: 'The record has changed since the client read the ETag in If-Match.',
    code: 'stale_revision',
    detail: 'The resource has changed and is now at revision 4. Read it again, then repeat the request.',
  },
  413: {
    id: 'TooLarge',
    description: 'The body is larger than this operation accepts.',
    code: 'body_too_large',
    detail: 'The body is too large.',
  },
  415: {
    id: 'UnsupportedMediaType',
    description: 'The body or the file has a media type that this operation does not accept.',
    code: 'invalid_media_type',
    detail: 'The content type of the body must be application/json.',
    extensions: { accepted: ['application/json'] },
  },
  416: {
    id: 'RangeNotSatisfiable',
    description: 'The file has none of the bytes that Range requests. Content-Range contains its size.',
    code: 'range_not_satisfiable',
    detail: 'The range is beyond the end of the file, which has 48213 bytes.',
  },
  422: {
    id: 'Impossible',
    description:
      'The request is well-formed but cannot be carried out. `errors`, if present, lists the reasons.',
    code: 'unknown_reference',
    detail: 'The body refers to records that do not exist or cannot be used there.',
  },
  428: {
    id: 'IfMatchNeeded',
    description: 'The operation requires If-Match.',
    code: 'if_match_needed',
    detail: 'Send If-Match with the ETag that you read.',
  },
  503: {
    id: 'Unavailable',
    description:
      'The database or the media storage does not answer, or the server is overloaded. Retry-After says when to try again.',
    code: 'database_unavailable',
    detail: 'The database does not answer.',
  },
  507: {
    id: 'StorageFull',
    description: 'The media storage has no space left for the file. No part of it was stored.',
    code: 'storage_full',
    detail: 'The media storage is full; free some space, then try again.',
  },
} as const satisfies { [S in Status]?: Refusal<S> };

export type RefusalStatus = keyof typeof REFUSALS;

const RESPONSES = Object.fromEntries(
  Object.entries(REFUSALS).map(([status, refusal]) => [status, describeRefusal(refusal)]),
);

function describeRefusal(refusal: Refusal<Status>): ZodOpenApiResponseObject {
  const { id, description, code, detail, extensions } = refusal;
  const examples = { [code]: { value: makeExample(code, detail, extensions) } };
  return { id, description, content: { 'application/problem+json': { schema: problem, examples } } };
}

/** Entries of a route's `response` for errors that `addImpliedRefusals` does not add. */
export function refusals(...statuses: RefusalStatus[]): Record<string, ZodOpenApiResponseObject> {
  return Object.fromEntries(
    statuses.flatMap((status) => (RESPONSES[status] ? [[status, RESPONSES[status]]] : [])),
  );
}

/** An onRoute hook. It adds the errors that follow from a route's schema and role, so that no route omits one. */
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
