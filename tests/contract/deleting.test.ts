import { beforeAll, describe, expect, test } from 'vitest';
import { walkPages } from '../http/walk-pages.ts';
import { useMasthead } from '../support/app.ts';
import { asBoundTo, makeIssue, makeNewsletter } from '../support/factories.ts';
import { make, readState, remove } from './noun.ts';
import { nounsThatTake, nounsWith } from './nouns.ts';

const masthead = useMasthead();
const deletable = new Set(nounsThatTake('delete'));

test.each(nounsWith('creation').filter((noun) => deletable.has(noun)))(
  '$name that is deleted is gone, and a second deletion finds nothing',
  async (noun) => {
    const collection = await noun.openCollection(masthead);
    const [{ id }, other] = [await make(masthead, noun, collection), await make(masthead, noun, collection)];
    const client = masthead.as(noun.writer);
    expect(await remove(noun, client, id)).toMatchObject({ status: 204, body: '' });
    const rows = await masthead.database.pool.query(`SELECT id FROM ${noun.tables[0]} WHERE id = ANY ($1)`, [
      [id, other.id],
    ]);
    expect(rows.rows).toEqual([{ id: other.id }]);
    expect(await remove(noun, client, id)).toMatchObject({ status: 404 });
    if (noun.methods.includes('get')) {
      expect(await client.get(`${noun.address}/${id}`)).toMatchObject({ status: 404 });
    }
    if (noun.listing) {
      const listed = await walkPages(client, `${collection}?limit=100`);
      expect(listed.map((entry) => entry.id)).toContain(other.id);
      expect(listed.map((entry) => entry.id)).not.toContain(id);
    }
  },
);

test.each(nounsWith('creation').filter((noun) => deletable.has(noun)))(
  'the deletion of $name may have a Content-Type and no body',
  async (noun) => {
    const { id } = await make(masthead, noun);
    const headers = { 'content-type': 'application/json', 'if-match': '*' };
    expect(await remove(noun, masthead.as(noun.writer), id, headers)).toMatchObject({
      status: 204,
      body: '',
    });
  },
);

describe.each(nounsWith('creation', 'usedBy'))('the deletion of $name that an issue uses', (noun) => {
  let newsletterId = '';
  beforeAll(async () => {
    newsletterId = (await makeNewsletter(masthead)).id;
  });
  const client = () => masthead.as(noun.writer);

  test('the refusal names the issue once, and nothing changes', async () => {
    const { id } = await make(masthead, noun);
    const issue = await makeIssue(masthead, { newsletterId, title: 'What you missed', ...noun.usedBy(id) });
    const before = await readState(masthead, noun);
    const answer = await remove(noun, client(), id);
    expect(answer).toMatchObject({
      status: 409,
      body: { type: 'http://masthead.test/problems/in-use', total: 1 },
    });
    const { number, title } = issue;
    expect(answer.body.uses).toMatchObject([{ kind: 'issue', id: issue.id, title, number, newsletterId }]);
    expect(await readState(masthead, noun)).toEqual(before);
    expect((await noun.read(masthead, id)).status).toBe(200);
  });

  test('the deletion succeeds once the issue is gone', async () => {
    const { id } = await make(masthead, noun);
    const issue = await makeIssue(masthead, { newsletterId, ...noun.usedBy(id) });
    expect((await remove(noun, client(), id)).status).toBe(409);
    await masthead.as('author').delete(`/admin/v1/issues/${issue.id}`, { 'if-match': '*' });
    expect((await remove(noun, client(), id)).status).toBe(204);
  });

  test('the refusal names only issues of the newsletters of the key, and counts the others too', async () => {
    const { id } = await make(masthead, noun);
    const hidden = await makeIssue(masthead, { title: 'Not for all eyes', ...noun.usedBy(id) });
    const seen = await makeIssue(masthead, { newsletterId, ...noun.usedBy(id) });
    const bound = await asBoundTo(masthead, noun.writer, [newsletterId]);
    const { status, body } = await remove(noun, bound, id);
    expect({ status, total: body.total }).toEqual({ status: 409, total: 2 });
    expect(body.uses).toMatchObject([{ id: seen.id }]);
    expect(JSON.stringify(body)).not.toContain(hidden.newsletterId);
    expect((await bound.get(`${noun.address}/${id}`)).status).toBe(200);
  });
});
