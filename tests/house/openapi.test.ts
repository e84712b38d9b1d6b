import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { describeApi, documentPath } from '../../src/commands/describe-api.ts';
import { findDocumentFaults } from './openapi-rules.ts';

test('the committed openapi.json matches the routes', async () => {
  const committed = await readFile(documentPath, 'utf8');

  // If they differ, run `npm run openapi` and commit the result.
  expect(committed).toBe(await describeApi());
});

test('every operation follows the rules for the document', async () => {
  expect(findDocumentFaults(JSON.parse(await describeApi()))).toEqual([]);
});

describe('the rules for the OpenAPI document', () => {
  const refusal = { $ref: '#/components/responses/NotFound' };
  const refusals = { 400: refusal, 401: refusal, 403: refusal, 404: refusal, 503: refusal };
  const valid = {
    operationId: 'readPoll',
    summary: 'Read a poll',
    description: 'With its votes.',
    tags: ['Polls'],
    security: [{ apiKey: [] }],
    'x-role': 'viewer',
    responses: {
      200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Poll' } } } },
      ...refusals,
    },
  };

  const faultsOf = (operation: object, path = '/admin/v1/polls/{id}') =>
    findDocumentFaults({
      tags: [{ name: 'Polls' }],
      paths: { [path]: { get: { ...valid, ...operation } } },
      components: {
        parameters: { IfMatch: { name: 'if-match', in: 'header', required: true } },
        schemas: {
          Poll: { type: 'object', examples: [{}] },
          Vote: { type: 'object' },
          PollPage: { properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Poll' } } } },
          VotePage: { properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Vote' } } } },
        },
        responses: {
          NotFound: { content: { 'application/problem+json': {} } },
          Plain: { content: { 'application/json': {} } },
        },
      },
    });

  const json = (schema: string) => ({
    content: { 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } },
  });

  test('a valid operation has no faults', () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ responses: { ...refusals, 200: json('PollPage') } })).toEqual([]);
    expect(faultsOf({ security: [], 'x-role': undefined }, '/content/v1/polls')).toEqual([]);
  });

  test.each([
    ['no summary', { summary: '' }, /has no summary/],
    ['no description', { description: undefined }, /has no description/],
    ['no operationId', { operationId: undefined }, /has no operationId/],
    ['two tags', { tags: ['Polls', 'Polls'] }, /has 2 tags/],
    ['an unknown tag', { tags: ['Votes'] }, /unknown tag Votes/],
    ['no security', { security: undefined }, /does not say which key/],
    ['no API key in the Admin API', { security: [] }, /does not ask for an API key/],
    ['no role', { 'x-role': undefined }, /has no x-role/],
    ['an unknown role', { 'x-role': 'owner' }, /has no x-role/],
    [
      'a request body without an example',
      { requestBody: json('Vote'), responses: { ...refusals, 413: refusal, 415: refusal } },
      /no example of its body/,
    ],
    [
      'a response without an example',
      { responses: { ...refusals, 201: json('Vote') } },
      /no example of its 201/,
    ],
    [
      'a list of entries without an example',
      { responses: { ...refusals, 200: json('VotePage') } },
      /no example of its 200/,
    ],
    [
      'an error response that is not a component',
      { responses: { ...refusals, 404: json('Poll') } },
      /its 404 is not a named component/,
    ],
    [
      'an error response that is not a problem',
      { responses: { ...refusals, 404: { $ref: '#/components/responses/Plain' } } },
      /is not a problem/,
    ],
    [
      'If-None-Match but without a 304',
      { parameters: [{ name: 'if-none-match', in: 'header' }] },
      /takes If-None-Match, but has no 304/,
    ],
    [
      'a 304 but without If-None-Match',
      { responses: { ...valid.responses, 304: { content: {} } } },
      /has a 304, but takes no If-None-Match/,
    ],
  ])('an operation with %s is reported', (_what, operation, message) => {
    expect(faultsOf(operation)).toEqual([expect.stringMatching(message)]);
  });

  test.each([
    ['for a request that no schema accepts', {}, 400],
    ['for a key that is missing', {}, 401],
    ['for a key whose role is too low', { 'x-role': 'editor' }, 403],
    ['for an unknown path', { parameters: [{ name: 'id', in: 'path' }] }, 404],
    ['for a stale change', { parameters: [{ name: 'if-match', in: 'header' }] }, 412],
    ['for a body that is too large', { requestBody: json('Poll') }, 413],
    ['for a body of another type', { requestBody: json('Poll') }, 415],
    ['for a change without If-Match', { parameters: [{ $ref: '#/components/parameters/IfMatch' }] }, 428],
    ['for a server without its database', {}, 503],
  ])('an operation without the response %s is reported', (_what, operation, status) => {
    const all = { ...valid.responses, 412: refusal, 413: refusal, 415: refusal, 428: refusal };
    const others = Object.entries(all).filter(([other]) => other !== String(status));
    const responses = Object.fromEntries(others);
    expect(faultsOf({ ...operation, responses })).toEqual([`GET /admin/v1/polls/{id} has no ${status}`]);
  });

  test('a Content API operation that needs a key is reported', () => {
    expect(faultsOf({}, '/content/v1/polls')).toEqual([expect.stringMatching(/is for everybody/)]);
  });

  test('an operationId of two operations is reported', () => {
    const twice = { get: valid, put: valid };
    const faults = findDocumentFaults({
      tags: [{ name: 'Polls' }],
      paths: { '/admin/v1/polls': twice },
      components: {
        responses: { NotFound: { content: { 'application/problem+json': {} } } },
        schemas: { Poll: { example: {} } },
      },
    });

    expect(faults).toEqual(['readPoll names GET /admin/v1/polls and PUT /admin/v1/polls']);
  });
});
