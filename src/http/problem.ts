import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { RequestValidationError } from 'fastify-zod-openapi';
import type { z } from 'zod';
import { translateDatabaseError } from '../database/errors.ts';
import { DomainError, type Fault, toPointer } from '../errors.ts';
import { faultCodeOf } from '../problems/fault-code-of-issue.ts';
import { findFrameworkRefusal } from './framework-refusals.ts';
import type { MakeProblem, Problem } from './make-problem.ts';

const RETRY_AFTER_SECONDS = 2;

/** `headers`: sent with every problem of this scope. */
export function handleProblems(
  app: FastifyInstance,
  makeProblem: MakeProblem,
  headers: Record<string, string> = {},
): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const problem = toProblem(error, makeProblem);
    // An overloaded server has no time to log thousands of lines a second.
    const isWorthALine = problem.status >= 500 && problem.code !== 'overloaded';
    if (isWorthALine) request.log.error({ err: error }, 'request failed');
    return sendProblem(reply.headers(headers), problem);
  });
  app.setNotFoundHandler((request: FastifyRequest, reply) =>
    sendProblem(
      reply.headers(headers),
      makeProblem('no_such_route', `There is no ${request.method} operation at this path.`),
    ),
  );
}

/** Answers a URL that cannot be routed. The problem does not repeat it, because it may contain a key. */
export function answerFrameworkError(makeProblem: MakeProblem) {
  return (error: FastifyError, _request: FastifyRequest, reply: FastifyReply): void => {
    const isTooLong = error.statusCode === 414;
    sendProblem(
      reply,
      isTooLong
        ? makeProblem('address_too_long', 'A part of the path is too long.')
        : makeProblem('bad_address', 'The path is not valid percent-encoded UTF-8.'),
    );
  };
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_SECONDS);
  // Serialized here, because routes also send problems that their schema does not declare.
  return reply
    .code(problem.status)
    .header('cache-control', 'no-store')
    .header('x-content-type-options', 'nosniff')
    .type('application/problem+json')
    .serializer(JSON.stringify)
    .send(problem);
}

function toProblem(error: FastifyError | Error, makeProblem: MakeProblem): Problem {
  const known = error instanceof DomainError ? error : translateDatabaseError(error);
  if (known) {
    const { faults, ...details } = known.details;
    return makeProblem(known.code, known.message, faults ? { errors: faults, ...details } : details);
  }
  if ('validation' in error && error.validation) {
    const errors = faultsOfValidation(error);
    const detail = errors.length === 1 ? 'One value is invalid.' : `${errors.length} values are invalid.`;
    return makeProblem('invalid_request', detail, { errors });
  }
  const refusal = findFrameworkRefusal(error);
  if (refusal) return makeProblem(refusal.code, refusal.detail);
  return makeProblem('internal_error', 'The server failed unexpectedly. The error was logged.');
}

function faultsOfValidation({ validation = [], validationContext }: FastifyError): Fault[] {
  return validation
    .filter((entry) => entry instanceof RequestValidationError)
    .flatMap((entry) => faultsOfIssue(entry.params.issue, validationContext));
}

const PART_OF = { querystring: 'query', params: 'path', headers: 'headers' } as const;

/** Each zod issue is one fault, except for unknown keys: each key is a fault. */
function faultsOfIssue(issue: z.core.$ZodIssue, part: string | undefined): Fault[] {
  const within =
    part === 'querystring' || part === 'params' || part === 'headers' ? { in: PART_OF[part] } : {};
  const code = faultCodeOf(issue);
  if (issue.code !== 'unrecognized_keys') {
    return [{ pointer: toPointer(issue.path), code, message: issue.message, ...within }];
  }
  return issue.keys.map((key) => ({
    pointer: toPointer([...issue.path, key]),
    code,
    message: 'there is no such field',
    ...within,
  }));
}
