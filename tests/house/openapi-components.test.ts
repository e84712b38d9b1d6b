import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { documentPath } from '../../src/commands/describe-api.ts';
import { useMasthead } from '../support/app.ts';
import { findComponentFaults } from './openapi-component-rules.ts';

const MAX_BYTES = 300_000;

const masthead = useMasthead();

test('openapi.json is smaller than 300 KB', async () => {
  expect((await readFile(documentPath)).length).toBeLessThan(MAX_BYTES);
});

test('each object and enum of openapi.json is a component with a good name, and there once', async () => {
  expect(findComponentFaults(await readDocument())).toEqual([]);
});

test('a server sends the document that the repository keeps', async () => {
  const { body } = await masthead.anonymous.get('/openapi.json');
  expect({ ...body, servers: [] }).toEqual({ ...(await readDocument()), servers: [] });
});

describe('the rules refuse', () => {
  const poll = { type: 'object', properties: { votes: { type: 'integer', minimum: 0 } } };
  const faultsOf = (components: object) => findComponentFaults({ components });

  test('nothing in sound components', () => {
    expect(faultsOf({ schemas: { Poll: poll }, securitySchemes: { apiKey: { type: 'http' } } })).toEqual([]);
  });

  test.each(['PollOutput', 'Poll2', 'poll', 'Poll_Votes', '__schema0'])('the name %s', (name) => {
    expect(faultsOf({ schemas: { [name]: poll } })).toEqual([
      `${name} of schemas is not a name that a person would choose`,
    ]);
  });

  test.each([
    ['objects', poll, { ...poll, description: 'Votes.', examples: [{ votes: 1 }] }],
    ['enums', { enum: ['yes', 'no'] }, { enum: ['yes', 'no'], description: 'An answer.' }],
    ['texts', { type: 'string', description: 'A' }, { type: 'string', description: 'A', examples: ['a'] }],
  ])('two %s that are equal but for their name', (_what, one, other) => {
    expect(faultsOf({ schemas: { Poll: one, Ballot: other } })).toEqual([
      'Poll and Ballot of schemas are the same',
    ]);
  });

  test('nothing in two texts that differ in their description', () => {
    const texts = {
      Ris: { type: 'string', description: 'RIS' },
      Bibtex: { type: 'string', description: 'BibTeX' },
    };
    expect(faultsOf({ schemas: texts })).toEqual([]);
  });

  test.each([{ minimum: -9007199254740991 }, { maximum: 9007199254740991 }])('the bound %j', (bound) => {
    const broken = { type: 'object', properties: { votes: { type: 'integer', ...bound } } };
    expect(faultsOf({ schemas: { Poll: broken } })).toEqual([
      '#/components/schemas/Poll/properties/votes has a bound of ±2^53',
    ]);
  });

  test.each([
    ['object', poll],
    ['enum', { type: 'string', enum: ['yes', 'no'] }],
  ])('an %s without a name', (_what, nameless) => {
    expect(faultsOf({ schemas: { PollPage: { type: 'array', items: nameless } } })).toEqual([
      '#/components/schemas/PollPage/items has no name',
    ]);
  });
});

async function readDocument(): Promise<object> {
  return z.looseObject({}).parse(JSON.parse(await readFile(documentPath, 'utf8')));
}
