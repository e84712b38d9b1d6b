import { beforeAll, describe, expect, test } from 'vitest';
import { ROLES } from '../../src/lib/roles.ts';
import { useMasthead } from '../support/app.ts';
import { type Entry, make, patch, post, readState, remove } from './noun.ts';
import { nounsWith } from './nouns.ts';

const masthead = useMasthead();
const READ_ONLY = ['unheardOf', 'id', 'revision', 'createdAt', 'updatedAt'];

describe.each(nounsWith('creation', 'change'))('a change of $name', (noun) => {
  const { change } = noun;
  const client = () => masthead.as(noun.writer);
  let id = '';
  beforeAll(async () => {
    ({ id } = await make(masthead, noun));
  });

  test.each(Object.entries(change.patches))(
    'a patch of %s changes nothing else and raises the revision by one',
    async (field, value) => {
      const before = await noun.read(masthead, id);
      const answer = await patch(noun, client(), id, { [field]: value });
      const revision = Number(/^"(\d+)"$/.exec(String(before.headers.etag))?.[1]) + 1;
      expect(answer).toMatchObject({ status: 200, headers: { etag: `"${revision}"` } });
      const { updatedAt } = answer.body;
      const revised = change.isRevised ? { revision, updatedAt } : {};
      expect(answer.body).toEqual({ ...before.body, [field]: value, ...revised });
      if (change.isRevised) expect(updatedAt > before.body.updatedAt).toBe(true);
      expect(await noun.read(masthead, id)).toMatchObject({
        headers: { etag: answer.headers.etag },
        body: answer.body,
      });
    },
  );
});

describe.each(nounsWith('creation', 'change'))('a refused write of $name', (noun) => {
  const { change } = noun;
  const client = () => masthead.as(noun.writer);
  let entry: Entry;
  let collection = '';
  let before: string[];
  beforeAll(async () => {
    entry = await make(masthead, noun);
    collection = await noun.openCollection(masthead);
    before = await readState(masthead, noun);
  });

  test.each(READ_ONLY)('the member %s is refused as unknown, and nothing changes', async (field) => {
    const value = entry[field] ?? 'x';
    const answers = [
      await patch(noun, client(), entry.id, { ...change.patches, [field]: value }),
      await post(noun, client(), collection, { [field]: value }),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${field}`, code: 'unknown_field' }] },
      });
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test('a value of a wrong type is refused, and nothing changes', async () => {
    for (const [field, value] of Object.entries(change.wrongTypes)) {
      const answers = [
        await patch(noun, client(), entry.id, { ...change.patches, [field]: value }),
        ...(noun.creation.post ? [] : [await post(noun, client(), collection, { [field]: value })]),
      ];
      for (const answer of answers) {
        expect.soft(answer, field).toMatchObject({
          status: 400,
          body: { errors: [{ pointer: `/${field}` }] },
        });
      }
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });
});

describe.each(nounsWith('creation', 'events'))('a write of $name', (noun) => {
  let id = '';
  let collection = '';
  let before: string[];
  beforeAll(async () => {
    ({ id } = await make(masthead, noun));
    collection = await noun.openCollection(masthead);
    before = await readState(masthead, noun);
  });

  test.each([undefined, ...ROLES.slice(0, ROLES.indexOf(noun.writer))])(
    'a client whose role is %s changes nothing',
    async (role) => {
      const client = role === undefined ? masthead.anonymous : masthead.as(role);
      const answers = [
        await post(noun, client, collection),
        await remove(noun, client, id),
        ...(noun.change ? [await patch(noun, client, id, noun.change.patches)] : []),
      ];
      const refusal =
        role === undefined
          ? { status: 401, body: { type: 'http://masthead.test/problems/unauthenticated' } }
          : {
              status: 403,
              body: { type: 'http://masthead.test/problems/role-too-low', needed: noun.writer },
            };
      for (const answer of answers) expect(answer).toMatchObject(refusal);
      expect(await readState(masthead, noun)).toEqual(before);
    },
  );
});
