import type { z } from 'zod';
import type { FaultCode } from './catalogue.ts';

/** Codes of zod that no schema of a request produces count as `custom`. */
const CODE_OF: Record<z.core.$ZodIssue['code'], FaultCode> = {
  invalid_type: 'invalid_type',
  invalid_value: 'invalid_value',
  invalid_format: 'invalid_format',
  invalid_union: 'invalid_union',
  too_big: 'too_big',
  too_small: 'too_small',
  unrecognized_keys: 'unknown_field',
  custom: 'custom',
  invalid_key: 'custom',
  invalid_element: 'custom',
  not_multiple_of: 'custom',
};

/** An unknown key as the fault of a rule, at which zod stops. */
export const UNKNOWN_FIELD = {
  code: 'custom',
  params: { faultCode: 'unknown_field' },
  message: 'there is no such field',
} as const;

export function faultCodeOf(issue: z.core.$ZodIssue): FaultCode {
  const isUnknownField = issue.code === 'custom' && issue.params === UNKNOWN_FIELD.params;
  return isUnknownField ? UNKNOWN_FIELD.params.faultCode : CODE_OF[issue.code];
}
