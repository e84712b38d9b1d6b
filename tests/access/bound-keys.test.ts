import { beforeAll, describe, expect, test } from 'vitest';
import { walkPages } from '../http/walk-pages.ts';
import { type Client, useMasthead } from '../support/app.ts';
import { asBoundTo, makeNewsletter, makePaper, makeReadyIssue, publish } from '../support/factories.ts';
import { call, findOperation, operationsOf } from './operations.ts';

const masthead = useMasthead();
const unknownId = '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11';

type Records = Record<'newsletters' | 'issues' | 'sections' | 'items' | 'editions', string>;

let own: Records;
let foreign: Records;
/** Has the highest role, so that no test below fails because of its role. */
let bound: Client;

beforeAll(async () => {
  own = await makeRecords();
  foreign = await makeRecords();
  bound = await asBoundTo(masthead, 'admin', [own.newsletters]);
});

/** Publishes an issue in a new newsletter. */
async function makeRecords(): Promise<Records> {
  const newsletter = await makeNewsletter(masthead);
  const issue = await makeReadyIssue(masthead, { newsletterId: newsletter.id });
  const { publication } = await publish(masthead, issue.id);
  const [section] = issue.sections;
  return {
    newsletters: newsletter.id,
    issues: issue.id,
    sections: section.id,
    items: section.items[0].id,
    editions: publication.editionId,
  };
}

/** Valid bodies for the operations that reject `{}`. */
const bodies: Record<string, object> = {
  replaceContent: { sections: [] },
  orderSections: { sectionIds: [] },
  createSection: { title: 'New' },
  createItem: { kind: 'note' },
  moveItem: { sectionId: unknownId, index: 0 },
  scheduleIssue: { at: '2099-01-01T00:00:00Z' },
};

/** The operations whose path names a record of a newsletter. */
async function operationsOnRecords() {
  return (await operationsOf(masthead)).flatMap((operation) => {
    const kind = /^\/admin\/v1\/(\w+)\/\{id\}/.exec(operation.path)?.[1] ?? '';
    return isKind(kind) ? [{ operation, kind }] : [];
  });
}

function isKind(kind: string): kind is keyof Records {
  return kind in own;
}

describe('a key that is bound to one newsletter', () => {
  test('every operation on another newsletter’s records returns the same 404 as for an unknown id', async () => {
    const operations = await operationsOnRecords();
    expect(operations.length).toBeGreaterThan(20);
    const count = await masthead.database.prisma.event.count();
    for (const { operation, kind } of operations) {
      const body = bodies[operation.id];
      const answer = await call(bound, operation, { id: foreign[kind] }, body);
      expect.soft(answer, operation.id).toMatchObject({ status: 404 });
      const unknown = await call(bound, operation, { id: unknownId }, body);
      expect.soft({ ...answer, headers: '' }, operation.id).toEqual({ ...unknown, headers: '' });
    }
    expect(await masthead.database.prisma.event.count()).toBe(count);
  });

  test('a stale If-Match on another newsletter’s record returns 404 instead of 412', async () => {
    const answer = await bound.patch(
      `/admin/v1/issues/${foreign.issues}`,
      { title: 'x' },
      { 'if-match': '"99"' },
    );
    expect(answer).toMatchObject({ status: 404 });
    expect(
      await bound.delete(`/admin/v1/newsletters/${foreign.newsletters}`, { 'if-match': '"99"' }),
    ).toMatchObject({ status: 404 });
  });

  test('HEAD returns 404 for another newsletter’s records', async () => {
    const { body } = await masthead
      .as('admin')
      .post('/admin/v1/api-keys', { name: 'head', role: 'viewer', newsletterIds: [own.newsletters] });
    const headers = { authorization: `Bearer ${body.secret}` };
    const statusOf = async (url: string) =>
      (await masthead.app.inject({ method: 'HEAD', url, headers })).statusCode;
    expect(await statusOf(`/admin/v1/newsletters/${own.newsletters}`)).toBe(200);
    expect(await statusOf(`/admin/v1/newsletters/${foreign.newsletters}`)).toBe(404);
    expect(await statusOf(`/admin/v1/issues/${foreign.issues}`)).toBe(404);
  });

  test('every read operation on its own newsletter’s records succeeds', async () => {
    for (const { operation, kind } of await operationsOnRecords()) {
      if (operation.method !== 'GET') continue;
      expect
        .soft(await call(bound, operation, { id: own[kind] }), operation.id)
        .toMatchObject({ status: 200 });
    }
  });

  test('the list of newsletters contains only its own newsletter', async () => {
    const seen = await walkPages(bound, '/admin/v1/newsletters?limit=1');
    expect(seen).toMatchObject([{ id: own.newsletters }]);
  });

  test('the list of events contains only events of its own newsletter, whatever the filter', async () => {
    await makePaper(masthead);
    const seen = await walkPages(bound, '/admin/v1/events?limit=2');
    expect(seen.length).toBeGreaterThan(2);
    expect(seen.filter(({ newsletterId }) => newsletterId !== own.newsletters)).toEqual([]);
    for (const filter of [
      `newsletterId=${foreign.newsletters}`,
      `issueId=${foreign.issues}`,
      `newsletterId=${own.newsletters}&issueId=${foreign.issues}`,
      'type=paper.created',
      'type=api_key.created',
    ]) {
      expect.soft(await walkPages(bound, `/admin/v1/events?${filter}`), filter).toEqual([]);
    }
  });

  test('sections of another newsletter cannot be used in its own issue', async () => {
    const answers = [
      await bound.put(
        `/admin/v1/items/${own.items}/position`,
        { sectionId: foreign.sections, index: 0 },
        { 'if-match': '*' },
      ),
      await bound.put(
        `/admin/v1/issues/${own.issues}/content`,
        { sections: [{ id: foreign.sections, title: 'Mine', items: [] }] },
        { 'if-match': '*' },
      ),
      await bound.put(
        `/admin/v1/issues/${own.issues}/section-order`,
        { sectionIds: [own.sections, foreign.sections] },
        { 'if-match': '*' },
      ),
    ];
    expect(answers).toMatchObject([{ status: 422 }, { status: 422 }, { status: 422 }]);
    expect(await masthead.as('viewer').get(`/admin/v1/issues/${foreign.issues}`)).toMatchObject({
      body: { sections: [{ id: foreign.sections, items: [{ id: foreign.items }] }] },
    });
  });

  test.each([
    ['createNewsletter', { slug: 'one-more', title: 'One more' }],
    ['createApiKey', { name: 'wider', role: 'admin' }],
    ['listApiKeys', {}],
    ['deleteApiKey', {}],
  ])('%s is forbidden', async (id, body) => {
    const answer = await call(bound, await findOperation(masthead, id), { id: unknownId }, body);
    expect(answer).toMatchObject({
      status: 403,
      body: { type: 'http://masthead.test/problems/key-is-bound' },
    });
  });

  test('creating a key with the same restriction is forbidden too', async () => {
    const answer = await bound.post('/admin/v1/api-keys', {
      name: 'twin',
      role: 'viewer',
      newsletterIds: [own.newsletters],
    });
    expect(answer).toMatchObject({ status: 403 });
  });
});

test('a key that is bound to two newsletters sees both', async () => {
  const both = await asBoundTo(masthead, 'viewer', [own.newsletters, foreign.newsletters]);
  const seen = (await walkPages(both, '/admin/v1/newsletters')).map(({ id }) => id);
  expect(seen.toSorted()).toEqual([own.newsletters, foreign.newsletters].toSorted());
});

test('a key stays bound after its last newsletter is deleted', async () => {
  const { id } = await makeNewsletter(masthead);
  const orphan = await asBoundTo(masthead, 'admin', [id]);
  expect(await orphan.delete(`/admin/v1/newsletters/${id}`)).toMatchObject({ status: 204 });
  expect(await walkPages(orphan, '/admin/v1/newsletters')).toEqual([]);
  expect(await orphan.get(`/admin/v1/issues/${own.issues}`)).toMatchObject({ status: 404 });
  expect(await orphan.get('/admin/v1/api-keys')).toMatchObject({ status: 403 });
});
