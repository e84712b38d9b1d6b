import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { readSources } from './read-imports.ts';
import { findShapeFaults, isShape } from './shape-rules.ts';

const src = path.resolve(import.meta.dirname, '../../src');

test('every schemas file and presenter describes shapes and does nothing else', async () => {
  const sources = await readSources(src);

  expect([...sources.keys()].filter(isShape).length).toBeGreaterThan(30);
  expect(findShapeFaults(sources)).toEqual([]);
});

describe('the rules refuse', () => {
  const file = 'modules/polls/poll-schemas.ts';

  test.each([
    ['SQL', 'export const votes = `(SELECT count(*) FROM votes)`;', /poll-schemas\.ts holds SQL/],
    ['a Context', "import type { Context } from '../../context.ts';", /takes a Context/],
    ['a client of Prisma', 'type Db = Prisma.TransactionClient;', /takes a Prisma client/],
    ['a pool of PostgreSQL', "import type pg from 'pg';", /takes a PostgreSQL client/],
    [
      'HTTP',
      "import { listQuery } from '../../http/pagination.ts';",
      /http\/pagination\.ts, which belongs to http/,
    ],
    ['a request', "import type { FastifyRequest } from 'fastify';", /imports fastify/],
    ['a refusal', "import { notFound } from '../../errors.ts';", /errors\.ts, which belongs to errors\.ts/],
    ['the file system', "import { readFileSync } from 'node:fs';", /imports node:fs/],
    ['behaviour', 'export function sortPolls(polls: Poll[]) {}', /exports sortPolls/],
    [
      'behaviour in an arrow function',
      'export const sortPolls = (polls: Poll[]) => polls;',
      /exports sortPolls/,
    ],
    ['rows', "import type { Poll } from '../../database/generated/client.ts';", /knows rows of the database/],
  ])('%s in a schemas file', (_what, text, message) => {
    expect(findShapeFaults(new Map([[file, `${text}\n`]]))).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['SQL', 'export const votes = Prisma.sql`SELECT 1`;', /present\.ts holds SQL/],
    [
      'the client of Prisma',
      "import { Prisma } from '../../database/generated/client.ts';",
      /belongs to database/,
    ],
    ['a wait', 'export async function presentPoll(id: string) {}', /waits for something/],
  ])('%s in a presenter', (_what, text, message) => {
    expect(findShapeFaults(new Map([['modules/polls/present.ts', text]]))).toEqual([
      expect.stringMatching(message),
    ]);
  });

  test('a verb, which they find behind the file that is imported', () => {
    const sources = new Map([
      [file, "import { MAX_VOTES } from './votes.ts';\n"],
      ['modules/polls/votes.ts', "import { countVotes } from './count-votes.ts';\n"],
      ['modules/polls/count-votes.ts', "import type { Context } from '../../context.ts';\n"],
    ]);

    expect(findShapeFaults(sources)).toEqual([
      'modules/polls/poll-schemas.ts reaches modules/polls/count-votes.ts, which takes a Context.',
    ]);
  });
});

describe('the rules allow', () => {
  test.each([
    ['a schemas file constants and parsers', 'schemas.ts', "import { parseOrcid } from './orcid.ts';"],
    ['a schemas file types of any file', 'schemas.ts', "import type { Poll } from './load-poll.ts';"],
    [
      'a schemas file a maker of schemas',
      'schemas.ts',
      'export function wholePoll<T extends z.ZodType>(part: T) {}',
    ],
    ['a presenter rows', 'present.ts', "import type { Poll } from '../../database/generated/client.ts';"],
    ['a presenter other shapes', 'present-poll.ts', "import { vote } from './vote-schemas.ts';"],
    ['other files behaviour', 'sort-polls.ts', 'export function sortPolls(polls: Poll[]) {}'],
  ])('%s', (_what, name, text) => {
    const sources = new Map([
      [`modules/polls/${name}`, `${text}\n`],
      ['modules/polls/orcid.ts', 'export function parseOrcid(text: string) {}\n'],
      ['modules/polls/load-poll.ts', "import type { Context } from '../../context.ts';\n"],
    ]);

    expect(findShapeFaults(sources)).toEqual([]);
  });
});
