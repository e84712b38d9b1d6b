import { describe, expect, test } from 'vitest';
import { useMasthead } from '../support/app.ts';
import { make, post } from './noun.ts';
import { nounsThatTake, nounsWith } from './nouns.ts';

const masthead = useMasthead();
const UNKNOWN = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

describe('a creation', () => {
  test.each(nounsWith('creation'))('$name is stored as sent and answered as it is read', async (noun) => {
    const { creation } = noun;
    const input = creation.input();
    const created = await post(noun, masthead.as(noun.writer), await noun.openCollection(masthead), input);
    expect(created).toMatchObject({ status: 201, headers: { 'cache-control': 'no-store' }, body: input });
    expect(created.headers.location).toBe(
      creation.hasLocation ? `${noun.address}/${created.body.id}` : undefined,
    );
    const read = await noun.read(masthead, created.body.id);
    expect(read.status).toBe(200);
    for (const member of creation.shownOnce) expect(read.body).not.toHaveProperty(member);
    const once = Object.fromEntries(creation.shownOnce.map((member) => [member, created.body[member]]));
    expect(created.body).toEqual({ ...read.body, ...once });
    expect(created.headers.etag).toBe(creation.hasEtag ? read.headers.etag : undefined);
    if (noun.change?.isRevised) {
      expect(created).toMatchObject({ headers: { etag: '"1"' }, body: { revision: 1 } });
      expect(created.body.updatedAt).toBe(created.body.createdAt);
    }
  });

  test.each(nounsWith('within'))('$name cannot be created or listed in an unknown parent', async (noun) => {
    const client = masthead.as('admin');
    const url = noun.within(UNKNOWN);
    const [creatable] = nounsWith('creation').filter(({ name }) => name === noun.name);
    const answers = [
      ...(creatable ? [await post(creatable, client, url)] : []),
      ...(noun.listing ? [await client.get(url)] : []),
    ];
    expect(answers).not.toHaveLength(0);
    for (const answer of answers) {
      expect(answer).toMatchObject({
        status: 404,
        body: { type: 'http://masthead.test/problems/not-found' },
      });
    }
  });
});

const readable = new Set(nounsThatTake('get'));

test.each(nounsWith('creation').filter((noun) => readable.has(noun)))(
  'HEAD answers for $name like GET, without the body',
  async (noun) => {
    const url = `${noun.address}/${(await make(masthead, noun)).id}`;
    const get = await masthead.as(noun.reader).get(url);
    const head = await masthead.as(noun.reader).send({ method: 'HEAD', url });
    expect(get.status).toBe(200);
    expect({ ...head, headers: { ...head.headers, date: '' } }).toEqual({
      status: 200,
      headers: { ...get.headers, date: '' },
      body: '',
    });
  },
);

describe.each(['get', 'patch', 'delete'] as const)('%s', (method) => {
  const call = (address: string, id: string) =>
    masthead.as('admin').send({
      method: method === 'get' ? 'GET' : method === 'patch' ? 'PATCH' : 'DELETE',
      url: `${address}/${id}`,
      headers: { 'if-match': '*', ...(method === 'patch' ? { 'content-type': 'application/json' } : {}) },
      ...(method === 'patch' ? { payload: '{}' } : {}),
    });

  test.each(nounsThatTake(method))('$name with an unknown id is not found', async ({ address, name }) => {
    const answer = await call(address, UNKNOWN);
    expect(answer).toMatchObject({ status: 404, body: { type: 'http://masthead.test/problems/not-found' } });
    const [, word = ''] = name.split(' ');
    expect(answer.body.detail).toContain(word);
  });

  test.each(nounsThatTake(method))('$name with a malformed id is refused', async ({ address }) => {
    for (const id of ['ada', UNKNOWN.slice(1), `${UNKNOWN}0`, '%00', '2201.12086', 'x'.repeat(300)]) {
      const answer = await call(address, id);
      expect
        .soft(answer, id)
        .toMatchObject({ status: 400, body: { errors: [{ pointer: '/id', in: 'path' }] } });
      expect.soft(answer.headers['content-type'], id).toBe('application/problem+json');
    }
    const broken = await call(address, '%');
    expect(broken).toMatchObject({ status: 400, headers: { 'content-type': 'application/problem+json' } });
  });
});
