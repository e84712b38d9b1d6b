import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestValidationError } from 'fastify-zod-openapi';
import type { z } from 'zod';
import { translateDatabaseError } from '../database/errors.ts';
import { DomainError, type ErrorKind, type Fault, toPointer } from '../errors.ts';

/** RFC 9457. `errors` stands where fields are at fault. */
export type Problem = {
  type: string;
  title: string;
  status: number;
  detail: string;
  errors?: readonly Fault[];
  [extension: string]: unknown;
};

const STATUS_OF: Record<ErrorKind, number> = {
  malformed: 400,
  invalid: 422,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  precondition: 412,
  precondition_required: 428,
  too_large: 413,
  unsupported: 415,
  out_of_range: 416,
  unavailable: 503,
  storage_full: 507,
};

const TITLE_OF: Record<number, string> = {
  400: 'The request is malformed',
  401: 'Authentication needed',
  403: 'Not allowed',
  404: 'Not found',
  408: 'Too slow',
  409: 'Conflict',
  412: 'The resource has changed',
  413: 'Too large',
  414: 'Address too long',
  415: 'Unsupported media type',
  416: 'No such range',
  422: 'The request cannot be carried out',
  428: 'If-Match needed',
  431: 'Headers too large',
  500: 'Internal error',
  503: 'Not available at the moment',
  507: 'Storage full',
};

const RETRY_AFTER_SECONDS = 2;
const OVERLOADED = typeOf('overloaded');

/** `headers`: sent with every problem of this scope. */
export function handleProblems(app: FastifyInstance, headers: Record<string, string> = {}): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = toProblem(error);
    // Thousands of lines a second would be one more load.
    const isWorthALine = problem.status >= 500 && problem.type !== OVERLOADED;
    if (isWorthALine) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply.headers(headers), problem);
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) =>
    sendProblem(
      reply.headers(headers),
      makeProblem(404, 'no_such_route', `Nothing answers ${request.method} at this path.`),
    ),
  );
}

/** Before routing: an address that is no address. It is not repeated: somebody may have put a key in it. */
export function answerFrameworkError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  const isTooLong = error.statusCode === 414;
  sendProblem(
    reply,
    isTooLong
      ? makeProblem(414, 'address_too_long', 'A part of the path is longer than any name can be.')
      : makeProblem(400, 'bad_address', 'The path is not UTF-8 in percent-encoding.'),
  );
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  // Serialized here: a problem is sent from routes that declare no such response too.
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
}

export function makeProblem(status: number, code: string, detail: string, extensions = {}): Problem {
  const title = TITLE_OF[status] ?? 'Error';
  return { type: typeOf(code), title, status, detail, ...extensions };
}

function typeOf(code: string): string {
  return `urn:masthead:problem:${code.replaceAll('_', '-')}`;
}

function toProblem(error: FastifyError | Error): Problem {
  const known = error instanceof DomainError ? error : translateDatabaseError(error);
  if (known) return problemOfDomainError(known);
  if ('validation' in error && error.validation) return problemOfValidation(error);
  if ('statusCode' in error && error.statusCode && error.statusCode >= 400 && error.statusCode < 500) {
    return makeProblem(error.statusCode, codeOfFastify(error.code), error.message);
  }
  return makeProblem(500, 'internal_error', 'Something went wrong on our side; it has been logged.');
}

function problemOfDomainError(error: DomainError): Problem {
  const { faults, ...details } = error.details;
  const extensions = faults ? { errors: faults, ...details } : details;
  return makeProblem(STATUS_OF[error.kind], error.code, error.message, extensions);
}

function problemOfValidation(error: FastifyError): Problem {
  const faults = (error.validation ?? [])
    .filter((entry) => entry instanceof RequestValidationError)
    .flatMap((entry) => faultsOfIssue(entry.params.issue, error.validationContext));
  const detail =
    faults.length === 1 ? 'One value is not acceptable.' : `${faults.length} values are not acceptable.`;
  return makeProblem(400, 'invalid_request', detail, { errors: faults });
}

const PART_OF = { querystring: 'query', params: 'path', headers: 'headers' } as const;

/** One zod issue is one fault, but for unknown keys, which are one each. */
function faultsOfIssue(issue: z.core.$ZodIssue, part: string | undefined): Fault[] {
  const within =
    part === 'querystring' || part === 'params' || part === 'headers' ? { in: PART_OF[part] } : {};
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: toPointer(issue.path), code: issue.code, message: issue.message, ...within }];
  }
  return issue.keys.map((key) => ({
    pointer: toPointer([...issue.path, key]),
    code: 'unknown_field',
    message: 'there is no such field',
    ...within,
  }));
}

/** FST_ERR_CTP_INVALID_MEDIA_TYPE reads invalid_media_type. */
function codeOfFastify(code: string | undefined): string {
  return (code ?? 'bad_request').replace(/^FST_(ERR_)?(CTP_)?/, '').toLowerCase();
}
