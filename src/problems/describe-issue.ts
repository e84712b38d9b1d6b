import type { z } from 'zod';

const TYPES: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  record: 'an object',
  string: 'a string',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'a date such as 2026-12-01',
  datetime: 'an RFC 3339 time',
  email: 'an email address',
  url: 'a URL',
  uuid: 'a UUID',
};

/** What is counted in texts and lists. Numbers have no unit. */
const UNITS: Readonly<Record<string, { one: string; many: string }>> = {
  array: { one: 'entry', many: 'entries' },
  string: { one: 'character', many: 'characters' },
};

/**
 * The message of a fault whose schema has none of its own: a predicate of the value, as all messages of faults are.
 * Undefined where the wording of zod stays.
 */
export function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return 'is required';
      return mustBe(TYPES[issue.expected]);
    case 'invalid_format':
      return mustBe(FORMATS[issue.format]);
    case 'invalid_value':
      return mustBe(listOf(issue.values));
    case 'invalid_union':
      return 'has none of the allowed forms';
    case 'too_small':
      return withBound('at least', issue.origin, issue.minimum, issue.inclusive);
    case 'too_big':
      return withBound('at most', issue.origin, issue.maximum, issue.inclusive);
    default:
      return undefined;
  }
}

function mustBe(what: string | undefined): string | undefined {
  return what && `must be ${what}`;
}

function listOf(values: readonly unknown[]): string {
  const [only, ...others] = values.map((value) => JSON.stringify(value));
  return others.length === 0 ? `${only}` : `one of ${[only, ...others].join(', ')}`;
}

function withBound(
  limit: 'at least' | 'at most',
  origin: string,
  bound: number | bigint,
  isInclusive = true,
): string | undefined {
  const unit = UNITS[origin];
  if (unit) return `must have ${limit} ${bound} ${bound === 1 ? unit.one : unit.many}`;
  if (origin !== 'number' && origin !== 'int') return undefined;
  if (isInclusive) return `must be ${limit} ${bound}`;
  return limit === 'at least' ? `must be greater than ${bound}` : `must be less than ${bound}`;
}
