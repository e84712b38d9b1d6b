import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { describeProblems, problemsPath } from '../../src/commands/describe-problems.ts';
import { DomainError, type Fault } from '../../src/errors.ts';
import { FAULTS, PROBLEM_CODES, PROBLEMS } from '../../src/problems/catalogue.ts';
import { findUnusedCodes } from './problem-rules.ts';
import { readSources } from './read-imports.ts';

const src = path.resolve(import.meta.dirname, '../../src');
const faultCodes = Object.keys(FAULTS);

test('docs/problems.md matches the catalogue', async () => {
  const committed = await readFile(problemsPath, 'utf8');

  // If they differ, run `npm run problems` and commit the result.
  expect(committed).toBe(describeProblems());
});

test('the source uses every problem and every fault of the catalogue', async () => {
  const sources = await readSources(src);

  expect(findUnusedCodes([...PROBLEM_CODES, ...faultCodes], sources)).toEqual([]);
});

test('a code without an entry, and a kind with the status of another, do not compile', () => {
  // @ts-expect-error: no such code
  new DomainError('conflict', 'no_such_code', '');
  // @ts-expect-error: slug_taken is a conflict
  new DomainError('invalid', 'slug_taken', '');
  // @ts-expect-error: no such code
  const fault: Fault = { pointer: '', code: 'no_such_code', message: '' };
  const allowed = new DomainError('conflict', 'slug_taken', '', { faults: [{ ...fault, code: 'taken' }] });

  expect(allowed.code).toBe('slug_taken');
});

test('every entry says what it means and what to do, in whole sentences', () => {
  for (const [code, { meaning, remedy }] of [...Object.entries(PROBLEMS), ...Object.entries(FAULTS)]) {
    expect(code).toMatch(/^[a-z]+(?:_[a-z0-9]+)*$/);
    for (const text of [meaning, remedy]) expect(text, code).toMatch(/^[A-Z`].{10,200}\.$/);
  }
});

describe('the search for unused codes', () => {
  const unusedIn = (text: string, file = 'modules/polls/poll.ts') =>
    findUnusedCodes(['poll_closed'], new Map([[file, text]]));

  test.each([
    ['a string', "throw new DomainError(\n  'conflict',\n  'poll_closed',\n  message);"],
    ['a key', '  poll_closed: { message: remedy },'],
    ['a template', `type Noun = 'poll' | 'vote';\nconst code = \`\${noun}_closed\` as const;`],
  ])('%s uses a code', (_what, text) => {
    expect(unusedIn(text)).toEqual([]);
  });

  test.each([
    ['a comment', '/** poll_closed */'],
    ['the kind of an error', "throw new DomainError('poll_closed', 'other', message);"],
    ['a template for other words', `type Noun = 'vote';\nconst code = \`\${noun}_closed\` as const;`],
  ])('%s does not use a code', (_what, text) => {
    expect(unusedIn(text)).toEqual(['poll_closed']);
  });

  test('the catalogue does not use its own codes', () => {
    expect(unusedIn("'poll_closed'", 'problems/content-problems.ts')).toEqual(['poll_closed']);
  });
});
