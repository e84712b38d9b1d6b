import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { translateDatabaseError } from '../database/errors.ts';
import { DomainError, type Fault } from '../errors.ts';
import { OPEN_TO_ALL } from '../lib/exposed-headers.ts';
import type { Representation } from '../prepared/prepared-response.ts';
import type { ResponseCache } from '../prepared/response-cache.ts';
import { findFrameworkRefusal } from './framework-refusals.ts';
import type { MakeProblem, Problem } from './make-problem.ts';
import { acceptedTypes } from './request-body.ts';
import { faultsOfValidation } from './validation-faults.ts';

const RETRY_AFTER_SECONDS = 2;
const MAX_ERRORS_LISTED = 100;

/** `headers`: sent with every problem of this scope. `missing`: keeps the 404s of addresses that lead nowhere. */
export function handleProblems(
  app: FastifyInstance,
  makeProblem: MakeProblem,
  headers: Record<string, string> = {},
  missing?: Pick<ResponseCache, 'keepMissing'>,
): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    if (hasWrongMethod(request, error)) return answerUnrouted(request, reply);
    const problem = toProblem(error, request, makeProblem);
    logFailure(request, error, problem);
    // Fastify closes the connection when it refuses a body, which resets it while the client still sends. Without this
    // header Node reads the rest of the body and discards it, so that the client can read the answer. Removing a header that
    // is not there would keep Node from writing `Connection: close` while the node drains.
    if (reply.hasHeader('connection')) reply.removeHeader('connection');
    if (problem.code === 'not_found')
      missing?.keepMissing(request.raw.url ?? '', prepareProblem(problem, headers));
    if (problem.code === 'invalid_media_type')
      return refuseMediaType(request, reply.headers(headers), problem);
    return sendProblem(reply.headers(headers), problem);
  });
  app.setNotFoundHandler(answerUnrouted);

  /**
   * Two errors hide that the method is wrong: a body that is read before the handler for unknown routes is called, and
   * the fixed part of another path that is taken for an id, as in `GET /papers/imports`.
   */
  function hasWrongMethod(request: FastifyRequest, error: FastifyError | Error): boolean {
    if (request.is404) return findFrameworkRefusal(error) !== null;
    const isParameterAtFault = 'validationContext' in error && error.validationContext === 'params';
    return isParameterAtFault && !app.allowedMethods(request.url).includes(request.method);
  }

  function answerUnrouted(request: FastifyRequest, reply: FastifyReply): FastifyReply {
    const allowed = app.allowedMethods(request.url);
    if (allowed.length === 0) {
      const detail = 'There is no operation at this path.';
      return sendProblem(reply.headers(headers), makeProblem('no_such_route', detail));
    }
    reply.headers(headers).header('allow', allowed.join(', '));
    if (request.method === 'OPTIONS') return reply.code(204).send();
    const detail = `${request.method} is not possible at this path. It accepts ${allowed.join(', ')}.`;
    return sendProblem(reply, makeProblem('method_not_allowed', detail, { allowed }));
  }
}

/** RFC 9110, section 15.5.16: Accept lists the content types that the operation would have accepted. */
function refuseMediaType(request: FastifyRequest, reply: FastifyReply, problem: Problem): FastifyReply {
  const accepted = acceptedTypes(request);
  if (accepted.length === 0)
    return sendProblem(reply, { ...problem, detail: 'The operation takes no body.' });
  const detail = `The content type of the body must be ${accepted.join(' or ')}.`;
  return sendProblem(reply.header('accept', accepted.join(', ')), { ...problem, detail, accepted });
}

function logFailure(request: FastifyRequest, error: Error, { status, code }: Problem): void {
  // An overloaded server has no time to log thousands of lines a second.
  if (status < 500 || code === 'overloaded') return;
  // The rest of the body cannot be read, and nobody reads the answer.
  if (request.raw.destroyed && !request.raw.complete)
    request.log.info('client disconnected during its request');
  else request.log.error({ err: error }, 'request failed');
}

/** Answers a URL that cannot be routed. The problem does not repeat it, because it may contain a key. */
export function answerFrameworkError(makeProblem: MakeProblem) {
  return (error: FastifyError, { raw }: FastifyRequest, reply: FastifyReply): void => {
    const isTooLong = error.statusCode === 414;
    const isPublic = /^\/(?:content\/v1|media)\//.test(raw.url ?? '');
    sendProblem(
      isPublic ? reply.headers(OPEN_TO_ALL) : reply,
      isTooLong
        ? makeProblem('address_too_long', 'A part of the path is too long.')
        : makeProblem('bad_address', 'The path is not valid percent-encoded UTF-8.'),
    );
  };
}

function sendProblem(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer');
  // Repeating a change that may have been made could make it twice.
  if (problem.status === 503 && problem.code !== 'outcome_unknown')
    reply.header('retry-after', RETRY_AFTER_SECONDS);
  // Serialized here, because routes also send problems that their schema does not declare.
  return reply
    .code(problem.status)
    .headers(PROBLEM_HEADERS)
    .type(PROBLEM_TYPE)
    .serializer(JSON.stringify)
    .send(problem);
}

/** As `sendProblem` sends it. */
function prepareProblem(problem: Problem, headers: Record<string, string>): Representation {
  const bytes = Buffer.from(JSON.stringify(problem));
  const head = {
    ...headers,
    ...PROBLEM_HEADERS,
    'content-type': PROBLEM_TYPE,
    'content-length': String(bytes.length),
  };
  return { bytes, head: Object.entries(head).flat() };
}

const PROBLEM_TYPE = 'application/problem+json';
const PROBLEM_HEADERS = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

function toProblem(
  error: FastifyError | Error,
  { query }: FastifyRequest,
  makeProblem: MakeProblem,
): Problem {
  const known = error instanceof DomainError ? error : translateDatabaseError(error);
  if (known) {
    const { faults, ...details } = known.details;
    return makeProblem(
      known.code,
      known.message,
      faults ? { ...listFaults(faults).members, ...details } : details,
    );
  }
  if ('validation' in error && error.validation) {
    const { total, members } = listFaults(faultsOfValidation(error, query));
    const detail = total === 1 ? 'One value is invalid.' : `${total} values are invalid.`;
    return makeProblem('invalid_request', detail, members);
  }
  const refusal = findFrameworkRefusal(error);
  if (refusal) return makeProblem(refusal.code, refusal.detail);
  return makeProblem('internal_error', 'The server failed unexpectedly. The error was logged.');
}

/** The members of a problem that list its faults. */
function listFaults(faults: Iterable<Fault>): {
  total: number;
  members: { errors: readonly Fault[]; omittedErrors?: number };
} {
  const errors: Fault[] = [];
  let total = 0;
  for (const fault of faults) {
    total += 1;
    if (total <= MAX_ERRORS_LISTED) errors.push(fault);
  }
  const omittedErrors = total - errors.length;
  return { total, members: omittedErrors === 0 ? { errors } : { errors, omittedErrors } };
}
