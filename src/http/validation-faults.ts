import type { FastifyError } from 'fastify';
import { RequestValidationError } from 'fastify-zod-openapi';
import type { z } from 'zod';
import { type Fault, toPointer } from '../errors.ts';
import { faultCodeOf, UNKNOWN_FIELD } from '../problems/fault-code-of-issue.ts';
import { countParameter } from './query-parameters.ts';

/** Yields the faults one by one, because a body of 4 MB can have half a million. */
export function* faultsOfValidation(
  { validation = [], validationContext }: FastifyError,
  query: unknown,
): Generator<Fault> {
  for (const entry of validation) {
    if (entry instanceof RequestValidationError)
      yield* faultsOfIssue(entry.params.issue, validationContext, query);
  }
}

const PART_OF = { querystring: 'query', params: 'path', headers: 'headers' } as const;

/** Each zod issue is one fault, except for unknown keys: each key is a fault. */
function* faultsOfIssue(issue: z.core.$ZodIssue, part: string | undefined, query: unknown): Generator<Fault> {
  const within =
    part === 'querystring' || part === 'params' || part === 'headers' ? { in: PART_OF[part] } : {};
  const count = part === 'querystring' ? countRefused(issue, query) : 1;
  if (count > 1) {
    const message = `is given ${count} times, but must be given once`;
    yield { pointer: toPointer(issue.path), code: 'repeated', message, ...within };
    return;
  }
  const code = faultCodeOf(issue);
  if (issue.code !== 'unrecognized_keys') {
    yield { pointer: toPointer(issue.path), code, message: issue.message, ...within };
    return;
  }
  for (const key of issue.keys) {
    yield { pointer: toPointer([...issue.path, key]), code, message: UNKNOWN_FIELD.message, ...within };
  }
}

/** How often the client gave a parameter that is at fault as a whole. A fault inside a list of names has another code. */
function countRefused({ code, path: [name] }: z.core.$ZodIssue, query: unknown): number {
  const isOfWholeValue = code === 'invalid_type' || code === 'invalid_value' || code === 'invalid_union';
  return isOfWholeValue && name !== undefined ? countParameter(query, name) : 1;
}
