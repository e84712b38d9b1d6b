import { beforeAll, describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { make, patch, post, readState } from './noun.ts';
import { nounsWith } from './nouns.ts';

const masthead = useMasthead();
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const BODIES: [what: string, body: string | Buffer, status: number][] = [
  ['broken JSON', '{"slug": ', 400],
  ['nothing', '', 400],
  ['a list', '[]', 400],
  ['null', 'null', 400],
  ['a string', '"x"', 400],
  ['JSON nested 100,000 deep', '['.repeat(100_000) + ']'.repeat(100_000), 400],
  ['a member nested 100,000 deep', `{"links": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400],
  ['bytes that are not UTF-8', Buffer.from([0x7b, 0xc3, 0x28, 0x7d]), 400],
  ['one byte too many', Buffer.alloc(MAX_BODY_BYTES + 1, ' '), 413],
];

describe.each(nounsWith('creation', 'change'))('hostile input for $name', (noun) => {
  const client = () => masthead.as(noun.writer);
  let id = '';
  let collection = '';
  let before: string[];
  beforeAll(async () => {
    ({ id } = await make(masthead, noun));
    collection = await noun.openCollection(masthead);
    before = await readState(masthead, noun);
  });

  test.each([
    ['a NUL character', 'a\u0000b'],
    ['a lone high surrogate', 'a\ud800b'],
    ['a lone low surrogate', '\udc00'],
  ])('%s is refused in every text, and nothing changes', async (_what, text) => {
    for (const [pointer, inputWith] of Object.entries(noun.change.texts)) {
      const answers = [await patch(noun, client(), id, inputWith(text))];
      // A form is encoded as UTF-8, which has no lone surrogates.
      if (!noun.creation.post || text.isWellFormed()) {
        answers.push(await post(noun, client(), collection, inputWith(text)));
      }
      for (const answer of answers) {
        expect.soft(answer, pointer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
      }
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test.each(BODIES)('a body that is %s is refused, and nothing changes', async (_what, payload, status) => {
    const headers = { 'content-type': 'application/json', 'if-match': '*' };
    const answers = [
      await client().send({ method: 'PATCH', url: `${noun.address}/${id}`, payload, headers }),
      ...(noun.creation.post || (payload === '' && noun.creation.mayBeEmpty)
        ? []
        : [await client().send({ method: 'POST', url: collection, payload, headers })]),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status,
        headers: { 'content-type': 'application/problem+json' },
        body: { status },
      });
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test('a __proto__ member is refused, and nothing changes', async () => {
    const forged = (fields: object) => JSON.stringify(fields).replace('{', '{"__proto__":{"role":"admin"},');
    const headers = { 'content-type': 'application/json', 'if-match': '*' };
    const answers = [
      await client().send({
        method: 'PATCH',
        url: `${noun.address}/${id}`,
        payload: forged(noun.change.patches),
        headers,
      }),
      ...(noun.creation.post
        ? []
        : [
            await client().send({
              method: 'POST',
              url: collection,
              payload: forged(noun.creation.input()),
              headers,
            }),
          ]),
    ];
    for (const answer of answers) expect(answer.status).toBe(400);
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'a body of the type %s is refused, and nothing changes',
    async (type) => {
      const headers = { 'content-type': type, 'if-match': '*' };
      for (const target of [
        { method: 'PATCH', url: `${noun.address}/${id}` },
        { method: 'POST', url: collection },
      ] as const) {
        expect(await client().send({ ...target, payload: '{}', headers })).toMatchObject({
          status: 415,
          body: { type: 'http://masthead.test/problems/invalid-media-type' },
        });
      }
      expect(await readState(masthead, noun)).toEqual(before);
    },
  );
});
