import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inTransaction, systemContext } from '../../src/context.ts';
import { encodeCursor } from '../../src/http/pagination.ts';
import { assignPositions } from '../../src/modules/events/assign-positions.ts';
import { eventPage } from '../../src/modules/events/schemas.ts';
import { at, makeFollower } from '../delivery/following.ts';
import { useMasthead } from '../support/app.ts';
import { asBoundTo, makeIssue, makeNewsletter, makePaper } from '../support/factories.ts';
import { useOpenTransactions } from './open-transactions.ts';
import { namesOf, recordNamed } from './record-named.ts';

const masthead = useMasthead();
const openTransaction = useOpenTransactions();
const events = '/admin/v1/events';

type Filter = Record<string, string | number>;

function follow(filter: Filter, client = masthead.as('viewer')) {
  return makeFollower(client, events, { ...filter, order: 'oldest' });
}

const begin = (newsletterId: string, name: string) =>
  openTransaction(masthead.ctx, (ctx) => recordNamed(ctx, newsletterId, name));

/** One after the other in the list too: events of one moment are listed in any order. */
async function recordInTurn(newsletterId: string, ...names: string[]): Promise<void> {
  for (const name of names) {
    await recordNamed(masthead.ctx, newsletterId, name);
    await assignPositions(masthead.ctx);
  }
}

describe('a follower that reads to the end and comes back', () => {
  test('gets an event that is committed after a later one that it has read', async () => {
    const newsletterId = randomUUID();
    const follower = follow({ newsletterId });
    const slow = await begin(newsletterId, 'slow');
    const fast = await begin(newsletterId, 'fast');
    await fast.commit();
    expect(namesOf(await follower.catchUp())).toEqual(['fast']);
    await slow.commit();
    expect(namesOf(await follower.catchUp())).toEqual(['slow']);
    expect(await follower.catchUp()).toEqual([]);
  });

  test('is not held back by a transaction that stays open, and never gets what is rolled back', async () => {
    const newsletterId = randomUUID();
    const follower = follow({ newsletterId });
    const lost = await begin(newsletterId, 'lost');
    await recordNamed(masthead.ctx, newsletterId, 'one');
    expect(namesOf(await follower.catchUp())).toEqual(['one']);
    await lost.rollBack();
    await recordNamed(masthead.ctx, newsletterId, 'two');
    expect(namesOf(await follower.catchUp())).toEqual(['two']);
  });

  test('gets each committed event once, however transactions overlap', async () => {
    const step = fc.record({
      slot: fc.nat(3),
      end: fc.constantFrom('commit', 'commit', 'rollBack'),
      isFollowed: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        const newsletterId = randomUUID();
        const follower = follow({ newsletterId, limit: 2 });
        const open = new Map<number, { name: string; transaction: Awaited<ReturnType<typeof begin>> }>();
        const [committed, seen]: [string[], unknown[]] = [[], []];

        async function end(slot: number, how: 'commit' | 'rollBack'): Promise<void> {
          const ended = open.get(slot);
          if (!ended) return;
          await ended.transaction[how]();
          open.delete(slot);
          if (how === 'commit') committed.push(ended.name);
        }

        async function catchUp(): Promise<void> {
          seen.push(...namesOf(await follower.catchUp()));
          expect(seen.toSorted()).toEqual(committed.toSorted());
        }

        for (const [number, { slot, end: how, isFollowed }] of steps.entries()) {
          const name = `event ${number}`;
          if (open.has(slot)) await end(slot, how);
          else open.set(slot, { name, transaction: await begin(newsletterId, name) });
          if (isFollowed) await catchUp();
        }
        for (const slot of [...open.keys()]) await end(slot, 'commit');
        await catchUp();
      }),
      { numRuns: 8 },
    );
  });

  test('gets each event of many concurrent writers once, as does a second follower', async () => {
    const newsletterId = randomUUID();
    const writers = systemContext(masthead.database.background, 'writers');
    const write = async (writer: number) => {
      for (let round = 0; round < 12; round += 1) {
        await inTransaction(writers, async (ctx) => {
          await recordNamed(ctx, newsletterId, `${writer}/${round}/a`);
          await recordNamed(ctx, newsletterId, `${writer}/${round}/b`, `${writer}/${round}/c`);
        });
      }
    };
    let isWritten = false;
    const followToTheEnd = async (limit: number) => {
      const follower = follow({ newsletterId, limit });
      const seen: { id: string }[] = [];
      while (!isWritten) seen.push(...(await follower.catchUp()));
      seen.push(...(await follower.catchUp()));
      return seen.map(({ id }) => id);
    };
    const written = Promise.all([0, 1, 2, 3, 4].map(write)).finally(() => {
      isWritten = true;
    });
    const [seen, seenToo] = await Promise.all([followToTheEnd(3), followToTheEnd(100), written]);
    const stored = await masthead.database.prisma.event.findMany({
      where: { newsletterId },
      orderBy: { position: 'asc' },
    });
    expect(stored).toHaveLength(5 * 12 * 3);
    expect(seen).toEqual(stored.map(({ id }) => id));
    expect(seenToo).toEqual(seen);
  });
});

test('An event that is committed late is listed as newest and never appears behind a reader', async () => {
  const newsletterId = randomUUID();
  const url = at(events, { newsletterId, limit: 1 });
  await recordNamed(masthead.ctx, newsletterId, 'first');
  const slow = await begin(newsletterId, 'slow');
  await (await begin(newsletterId, 'fast')).commit();
  const { body: page } = await masthead.as('viewer').get(url);
  expect(namesOf(page.data)).toEqual(['fast']);
  await slow.commit();
  const { body: next } = await masthead.as('viewer').get(`${url}&cursor=${page.page.next}`);
  expect(namesOf(next.data)).toEqual(['first']);
  expect(next.page).toEqual({ next: null, isLast: true });
  const { body: anew } = await masthead.as('viewer').get(at(events, { newsletterId }));
  expect(namesOf(anew.data)).toEqual(['slow', 'fast', 'first']);
});

describe('order=oldest', () => {
  test('leads through pages of one event, and from the end to what happens later', async () => {
    const newsletterId = randomUUID();
    const url = at(events, { newsletterId, order: 'oldest', limit: 1 });
    const get = (cursor: string) => masthead.as('viewer').get(`${url}&cursor=${cursor}`);
    await recordInTurn(newsletterId, 'one', 'two');
    const first = await masthead.as('viewer').get(url);
    expect(eventPage.parse(first.body)).toEqual(first.body);
    expect(first.headers.link).toBe(`<${url}&cursor=${first.body.page.next}>; rel="next"`);
    const second = await get(first.body.page.next);
    expect([first, second].map(({ body }) => [namesOf(body.data), body.page.isLast])).toEqual([
      [['one'], false],
      [['two'], true],
    ]);
    expect(second.headers.link).toBeUndefined();
    const end = await get(second.body.page.next);
    expect(end.body).toEqual({ data: [], page: { next: second.body.page.next, isLast: true } });
    await recordNamed(masthead.ctx, newsletterId, 'three');
    expect(namesOf((await get(end.body.page.next)).body.data)).toEqual(['three']);
  });

  test('lists the same events as newest first, in reverse', async () => {
    const newsletterId = randomUUID();
    await recordInTurn(newsletterId, 'one', 'two', 'three');
    const { body: newest } = await masthead.as('viewer').get(at(events, { newsletterId }));
    const { body: oldest } = await masthead.as('viewer').get(at(events, { newsletterId, order: 'oldest' }));
    expect(namesOf(oldest.data)).toEqual(['one', 'two', 'three']);
    expect(newest.data).toEqual(oldest.data.toReversed());
  });

  test('can be followed from before the first event', async () => {
    const newsletterId = randomUUID();
    const follower = follow({ newsletterId });
    expect(await follower.readPage()).toEqual({
      data: [],
      page: { next: expect.any(String), isLast: true },
    });
    expect(await follower.catchUp()).toEqual([]);
    await recordNamed(masthead.ctx, newsletterId, 'one');
    expect(namesOf(await follower.catchUp())).toEqual(['one']);
  });

  test('applies filters alone and together', async () => {
    const newsletter = await makeNewsletter(masthead);
    const issue = await makeIssue(masthead, { newsletterId: newsletter.id });
    const followers = [
      follow({ newsletterId: newsletter.id }),
      follow({ issueId: issue.id }),
      follow({ newsletterId: newsletter.id, type: 'issue.updated' }),
      follow({ issueId: issue.id, newsletterId: randomUUID() }),
    ];
    const typesOf = () =>
      Promise.all(
        followers.map(async (follower) =>
          (await follower.catchUp()).map(({ type }: { type: string }) => type),
        ),
      );
    expect(await typesOf()).toEqual([['newsletter.created', 'issue.created'], ['issue.created'], [], []]);
    await masthead.as('author').patch(`/admin/v1/issues/${issue.id}`, { title: 'New' }, { 'if-match': '*' });
    await makeIssue(masthead, { newsletterId: newsletter.id });
    expect(await typesOf()).toEqual([
      ['issue.updated', 'issue.created'],
      ['issue.updated'],
      ['issue.updated'],
      [],
    ]);
  });

  test('shows a bound key the events of its newsletters only', async () => {
    const [own, other] = [await makeNewsletter(masthead), await makeNewsletter(masthead)];
    const bound = await asBoundTo(masthead, 'viewer', [own.id]);
    const follower = follow({}, bound);
    expect(await follower.catchUp()).toMatchObject([{ subject: { id: own.id } }]);
    await makePaper(masthead);
    await makeIssue(masthead, { newsletterId: other.id });
    expect(await follower.catchUp()).toEqual([]);
    const issue = await makeIssue(masthead, { newsletterId: own.id });
    expect(await follower.catchUp()).toMatchObject([{ type: 'issue.created', subject: { id: issue.id } }]);
    expect(await follow({ newsletterId: other.id }, bound).catchUp()).toEqual([]);
  });

  test('shows events about API keys to admins only', async () => {
    const [editor, admin] = [follow({}, masthead.as('editor')), follow({}, masthead.as('admin'))];
    await Promise.all([editor.catchUp(), admin.catchUp()]);
    const { body } = await masthead
      .as('admin')
      .post('/admin/v1/api-keys', { name: 'secret', role: 'viewer' });
    expect(await editor.catchUp()).toEqual([]);
    expect(await admin.catchUp()).toMatchObject([{ type: 'api_key.created', subject: { id: body.id } }]);
  });
});

describe('a cursor', () => {
  const get = (parameters: Record<string, string>) => masthead.as('viewer').get(at(events, parameters));

  test.each([
    ['oldest', 'newest'],
    ['newest', 'oldest'],
  ])('of order=%s is refused with order=%s', async (order, other) => {
    const newsletterId = randomUUID();
    await recordNamed(masthead.ctx, newsletterId, 'one', 'two');
    const { page } = (await get({ newsletterId, order, limit: '1' })).body;
    expect(await get({ newsletterId, order: other, cursor: page.next })).toMatchObject({
      status: 400,
      body: {
        type: 'http://masthead.test/problems/invalid-request',
        errors: [{ pointer: '/cursor', in: 'query', message: expect.stringContaining('the other `order`') }],
      },
    });
    expect((await get({ newsletterId, order, cursor: page.next })).status).toBe(200);
  });

  test('of order=oldest is refused without order, which is then newest', async () => {
    const { page } = (await get({ order: 'oldest', limit: '1' })).body;
    expect((await get({ cursor: page.next })).status).toBe(400);
  });

  test.each([
    ['of an earlier version', { at: '2026-12-01T09:00:00.000Z', id: randomUUID() }],
    ['without an id', { order: 'oldest', position: 1, id: null }],
    ['with an id at the start', { order: 'oldest', position: 0, id: randomUUID() }],
    ['with a negative position', { order: 'oldest', position: -1, id: randomUUID() }],
    ['with a fraction as position', { order: 'oldest', position: 1.5, id: randomUUID() }],
    ['with a position beyond all numbers', { order: 'oldest', position: 2 ** 63, id: randomUUID() }],
  ])('%s is refused', async (_what, key) => {
    expect(await get({ order: 'oldest', cursor: encodeCursor(key) })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/cursor', message: 'is not a cursor of this list', in: 'query' }] },
    });
  });

  test.each([
    ['at a position that no event has', 2 ** 53 - 1],
    ['at a position that another event has', 1],
  ])('%s, as after a restore from a backup, is refused as unknown', async (_where, position) => {
    await get({});
    for (const order of ['oldest', 'newest']) {
      const cursor = encodeCursor({ order, position, id: randomUUID() });
      expect(await get({ order, cursor })).toMatchObject({
        status: 400,
        body: {
          type: 'http://masthead.test/problems/unknown-cursor',
          errors: [{ pointer: '/cursor', code: 'unknown_cursor', in: 'query' }],
        },
      });
    }
  });
});

test('An order that does not exist is refused', async () => {
  for (const order of ['', 'Oldest', 'asc', 'oldest,newest']) {
    expect(await masthead.as('viewer').get(at(events, { order }))).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '/order', in: 'query' }] },
    });
  }
});
