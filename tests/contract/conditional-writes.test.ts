import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { make, patch, readState, remove } from './noun.ts';
import { nounsWith } from './nouns.ts';

const masthead = useMasthead();

/** Sections and items have the ETag of their issue; tests/issues/conditional-writes.test.ts has their rules. */
const revised = nounsWith('creation', 'change').filter(({ change }) => change.isRevised);

describe.each(revised)('If-Match of $name', (noun) => {
  const { change } = noun;
  const client = () => masthead.as(noun.writer);
  const [[field, value] = ['', undefined]] = Object.entries(change.patches);
  const changeWith = (id: string, etag: string) =>
    patch(noun, client(), id, { [field]: value }, { 'if-match': etag });
  const deleteWith = (id: string, etag: string) => remove(noun, client(), id, { 'if-match': etag });

  test('a change or deletion with a stale, weak or empty ETag is refused and changes nothing', async () => {
    const { id } = await make(masthead, noun);
    expect(await changeWith(id, '"1"')).toMatchObject({ status: 200, headers: { etag: '"2"' } });
    const before = await readState(masthead, noun);
    for (const etag of ['"1"', '"3"', 'W/"2"', '""', '"1", "3"']) {
      for (const answer of [await changeWith(id, etag), await deleteWith(id, etag)]) {
        expect.soft(answer, etag).toMatchObject({
          status: 412,
          body: { type: 'http://masthead.test/problems/stale-revision', revision: 2 },
        });
      }
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test('the refusal of a weak ETag says that a weak one never matches, and what to send', async () => {
    const { id } = await make(masthead, noun);
    const { body } = await changeWith(id, 'W/"1"');
    expect(body.detail).toMatch(/weak ETag, which never matches.*"1"/);
  });

  test('a malformed If-Match is refused and changes nothing', async () => {
    const { id } = await make(masthead, noun);
    const before = await readState(masthead, noun);
    for (const etag of ['1', 'garbage', '"1', '"1","x" y']) {
      for (const answer of [await changeWith(id, etag), await deleteWith(id, etag)]) {
        expect.soft(answer, etag).toMatchObject({
          status: 400,
          body: { errors: [{ in: 'headers', pointer: '/if-match' }] },
        });
      }
    }
    expect(await readState(masthead, noun)).toEqual(before);
  });

  test('a change or deletion with the current ETag, a list that has it, or * succeeds', async () => {
    const { id } = await make(masthead, noun);
    expect(await changeWith(id, '"1"')).toMatchObject({ status: 200, body: { revision: 2 } });
    expect(await changeWith(id, '"1", "2"')).toMatchObject({ status: 200, body: { revision: 3 } });
    expect(await changeWith(id, '*')).toMatchObject({ status: 200, body: { revision: 4 } });
    expect(await deleteWith(id, '"1", "4"')).toMatchObject({ status: 204 });
    expect(await deleteWith((await make(masthead, noun)).id, '"1"')).toMatchObject({ status: 204 });
    expect(await deleteWith((await make(masthead, noun)).id, '*')).toMatchObject({ status: 204 });
  });

  test(`a change or deletion without If-Match ${change.needsIfMatch ? 'is refused' : 'succeeds'}`, async () => {
    const { id } = await make(masthead, noun);
    const before = await readState(masthead, noun);
    const changed = await patch(noun, client(), id, { [field]: value }, {});
    const removed = await remove(noun, client(), id, {});
    if (change.needsIfMatch) {
      const refusal = { status: 428, body: { type: 'http://masthead.test/problems/if-match-needed' } };
      expect([changed, removed]).toMatchObject([refusal, refusal]);
      expect(await readState(masthead, noun)).toEqual(before);
    } else {
      expect([changed, removed]).toMatchObject([{ status: 200, headers: { etag: '"2"' } }, { status: 204 }]);
    }
  });

  test('of two simultaneous changes with the same ETag one succeeds', async () => {
    const { id } = await make(masthead, noun);
    const answers = await Promise.all([changeWith(id, '"1"'), changeWith(id, '"1"')]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 412]);
  });
});
