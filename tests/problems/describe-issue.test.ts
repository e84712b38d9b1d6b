import { expect, test } from 'vitest';
import { z } from 'zod';
import { describeIssue } from '../../src/problems/describe-issue.ts';

function messagesOf(schema: z.ZodType, value: unknown): string[] {
  return schema.safeParse(value, { error: describeIssue }).error?.issues.map(({ message }) => message) ?? [];
}

test.each([
  ['a missing member', z.object({ title: z.string() }), {}, 'is required'],
  ['a missing list', z.object({ tags: z.array(z.string()) }), {}, 'is required'],
  ['a number for a text', z.string(), 1, 'must be a string'],
  ['null for a text', z.string(), null, 'must be a string'],
  ['a text for a number', z.number(), '1', 'must be a number'],
  ['a fraction for a whole number', z.int(), 1.5, 'must be a whole number'],
  ['a text for a flag', z.boolean(), 'yes', 'must be true or false'],
  ['a text for a list', z.array(z.string()), 'a', 'must be a list'],
  ['a list for an object', z.strictObject({}), [], 'must be an object'],
  ['an empty text', z.string().min(1), '', 'must have at least 1 character'],
  ['a long text', z.string().max(3), 'four', 'must have at most 3 characters'],
  ['an empty list', z.array(z.int()).min(1), [], 'must have at least 1 entry'],
  ['a long list', z.array(z.int()).max(2), [1, 2, 3], 'must have at most 2 entries'],
  ['a small number', z.int().min(1), 0, 'must be at least 1'],
  ['a large number', z.number().max(9), 10, 'must be at most 9'],
  ['a number at an exclusive bound', z.number().gt(0), 0, 'must be greater than 0'],
  ['another literal', z.literal('paper'), 'link', 'must be "paper"'],
  ['another word', z.enum(['draft', 'published']), 'live', 'must be one of "draft", "published"'],
  ['no UUID', z.uuid(), '7', 'must be a UUID'],
  ['no time', z.iso.datetime(), 'soon', 'must be an RFC 3339 time'],
  ['no date', z.iso.date(), 'soon', 'must be a date such as 2026-12-01'],
  [
    'none of two shapes',
    z.union([z.object({ at: z.string() }), z.object({ local: z.string() })]),
    {},
    'has none of the allowed forms',
  ],
])('%s is described in plain words', (_what, schema, value, message) => {
  expect(messagesOf(schema, value)).toEqual([message]);
});

test('a message of the schema is kept', () => {
  expect(messagesOf(z.string({ error: 'must be the name of a city' }), 1)).toEqual([
    'must be the name of a city',
  ]);
});
