import { CONFLICT_PROBLEMS } from './conflict-problems.ts';
import { CONTENT_PROBLEMS } from './content-problems.ts';
import { INPUT_FAULTS } from './input-faults.ts';
import { PUBLICATION_FAULTS, WARNINGS } from './readiness-faults.ts';
import { REQUEST_PROBLEMS } from './request-problems.ts';
import { SERVER_PROBLEMS } from './server-problems.ts';

/** Every `code` of a problem (RFC 9457). Responses, docs/problems.md and the pages at /problems use these entries. */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...CONFLICT_PROBLEMS,
  ...CONTENT_PROBLEMS,
  ...SERVER_PROBLEMS,
};

/** Every `code` of an entry of `errors`, of a readiness check and of a refused record of an import. */
export const FAULTS = { ...INPUT_FAULTS, ...PUBLICATION_FAULTS, ...WARNINGS };

export type ProblemCode = keyof typeof PROBLEMS;
export type FaultCode = keyof typeof FAULTS;
export type Status = (typeof PROBLEMS)[ProblemCode]['status'];

/** The codes of problems that have this status. */
export type ProblemCodeOf<S extends Status> = {
  [Code in ProblemCode]: (typeof PROBLEMS)[Code]['status'] extends S ? Code : never;
}[ProblemCode];

export const TITLES: Readonly<Record<Status, string>> = {
  400: 'The request is malformed',
  401: 'Authentication required',
  403: 'Permission denied',
  404: 'Not found',
  405: 'Method not allowed',
  408: 'Request timeout',
  409: 'Conflict',
  412: 'Precondition failed: the resource has changed',
  413: 'Content too large',
  414: 'URI too long',
  415: 'Unsupported media type',
  416: 'Range not satisfiable',
  422: 'The request cannot be carried out',
  428: 'Precondition required: If-Match is missing',
  431: 'Request headers too large',
  500: 'Internal error',
  503: 'Service unavailable',
  507: 'Storage full',
};

export const PROBLEM_CODES = Object.keys(PROBLEMS) as ProblemCode[];

export function problemCodesOf<S extends Status>(status: S): ProblemCodeOf<S>[] {
  const hasStatus = (code: ProblemCode): code is ProblemCodeOf<S> => PROBLEMS[code].status === status;
  return PROBLEM_CODES.filter(hasStatus);
}

/** In ascending order. */
export function statusesOfProblems(): Status[] {
  return [...new Set(PROBLEM_CODES.map((code) => PROBLEMS[code].status))].toSorted(
    (one, other) => one - other,
  );
}

/** The last part of the `type` of a problem: `slug-taken` for `slug_taken`. */
export function slugOfProblem(code: ProblemCode): string {
  return code.replaceAll('_', '-');
}
