import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { z } from 'zod';
import { systemContext } from '../../src/context.ts';
import { changePage } from '../../src/modules/delivery/change-schemas.ts';
import { unpublishIssue } from '../../src/modules/publishing/workflow/publish-issue.ts';
import { useOpenTransactions } from '../events/open-transactions.ts';
import { useMasthead } from '../support/app.ts';
import { expectWithin } from '../support/expect-within.ts';
import { makeIssue, makeNewsletter, makePaper, publish } from '../support/factories.ts';
import { injectAtDoor } from '../support/inject.ts';
import { startSecondNode } from '../support/second-node.ts';

const masthead = useMasthead();
const openTransaction = useOpenTransactions();
type Change = z.infer<typeof changePage>['data'][number];

const NOTICE = 'https://example.org/retraction';

let other: Awaited<ReturnType<typeof startSecondNode>>;
let newsletter: { id: string; slug: string };
let paper: { id: string };
let item: { id: string };
let url: string;

beforeAll(async () => {
  other = await startSecondNode(masthead);
});

afterAll(() => other.stop());

beforeEach(async () => {
  newsletter = await makeNewsletter(masthead);
  paper = await makePaper(masthead, {
    title: 'A claim',
    statuses: [{ status: 'preprint', date: '2022-01-28' }],
  });
  const items = [{ kind: 'paper', title: 'A claim', body: 'x', paperId: paper.id }];
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'An issue',
    sections: [{ title: 'Papers', items }],
  });
  await publish(masthead, issue.id);
  item = issue.sections[0].items[0];
  url = `/content/v1/newsletters/${newsletter.slug}/issues/1`;
});

const retract = () =>
  masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, {
    statuses: [
      { status: 'retracted', date: '2024-03-01', note: 'It did not hold.', url: NOTICE },
      { status: 'preprint', date: '2022-01-28' },
      { status: 'published', date: '2022-07' },
    ],
  });

describe('the status of a paper', () => {
  test('the current status of a paper is the one with the latest date', async () => {
    const { body } = await retract();
    expect(body.status).toBe('retracted');
    expect(body.statuses.map(({ date }: { date: string }) => date)).toEqual([
      '2022-01-28',
      '2022-07',
      '2024-03-01',
    ]);
    const listed = await masthead.as('viewer').get('/admin/v1/papers?status=retracted');
    expect(listed.body.data.map(({ id }: { id: string }) => id)).toContain(paper.id);
    const none = await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { statuses: [] });
    expect(none.body).toMatchObject({ status: null, statuses: [] });
  });

  test('a retracted paper stays retracted whatever comes after', async () => {
    const { body } = await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, {
      statuses: [
        { status: 'retracted', date: '2023' },
        { status: 'published', date: '2024-01' },
      ],
    });
    expect(body.status).toBe('retracted');
  });

  test('a new status is shown beside a live edition whose document does not change', async () => {
    const before = await masthead.anonymous.get(url);
    expect(before.body.paperStatuses).toMatchObject([{ itemId: item.id, status: 'preprint' }]);
    await retract();
    const { body } = await masthead.anonymous.get(url);
    expect(body.paperStatuses).toEqual([
      {
        itemId: item.id,
        paperId: paper.id,
        status: 'retracted',
        date: '2024-03-01',
        note: 'It did not hold.',
        url: NOTICE,
      },
    ]);
    expect(body.sections).toEqual(before.body.sections);
    expect(body.sections[0].items[0].paper.status).toBe('preprint');
    expect(body.edition).toBe(1);
  });

  test('a new status is shown within 2 seconds by another node that had cached the edition', async () => {
    const read = async () => (await injectAtDoor(other.app, { url })).json().paperStatuses?.[0]?.status;
    await expect.poll(() => other.responses.describe().isTrusted).toBe(true);
    await expect.poll(read).toBe('preprint');
    await retract();
    await expectWithin(2_000, read, (status) => expect(status).toBe('retracted'));
  });

  test('a new status is added to the change log', async () => {
    const changes = `/content/v1/newsletters/${newsletter.slug}/changes`;
    const { body: before } = await masthead.anonymous.get(changes);
    await retract();
    const cursor = encodeURIComponent(before.page.next);
    const { body } = await masthead.anonymous.get(`${changes}?include=document&cursor=${cursor}`);
    expect(body.data).toMatchObject([
      {
        type: 'paper_status',
        edition: 1,
        isCurrent: true,
        formerAddress: null,
        document: { number: 1 },
        paperStatuses: [{ itemId: item.id, status: 'retracted' }],
      },
    ]);
    await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { title: 'A claim, corrected' });
    const { body: after } = await masthead.anonymous.get(
      `${changes}?cursor=${encodeURIComponent(body.page.next)}`,
    );
    expect(after.data).toEqual([]);
  });

  test('the cited title of a retracted paper starts with RETRACTED', async () => {
    const cite = async (format: string) =>
      (await masthead.anonymous.get(`/content/v1/papers/${paper.id}?format=${format}`)).body;
    expect(await cite('apa')).not.toContain('RETRACTED');
    await retract();
    for (const format of ['apa', 'ieee', 'chicago']) {
      expect.soft(await cite(format)).toMatch(/RETRACTED: A claim/);
    }
    const { body } = await masthead.anonymous.get(`${url}/papers?format=chicago`);
    expect(body).toMatch(/RETRACTED: A claim/);
  });

  test('a status change records its own event', async () => {
    await retract();
    const { body } = await masthead.as('viewer').get('/admin/v1/events?type=paper.status_changed&limit=1');
    expect(body.data).toMatchObject([
      { subject: { kind: 'paper', id: paper.id }, details: { from: 'preprint', to: 'retracted' } },
    ]);
  });

  test('a draft that features a retracted paper has a readiness warning', async () => {
    await retract();
    const issue = await makeIssue(masthead, {
      title: 'Another',
      sections: [{ title: 'P', items: [{ kind: 'paper', title: 'A', body: 'x', paperId: paper.id }] }],
    });
    const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}/readiness`);
    expect(body.warnings).toMatchObject([
      { code: 'paper_retracted', pointer: '/sections/0/items/0/paperId' },
    ]);
  });

  test.each([
    ['the month 13', [{ status: 'preprint', date: '2022-13-01' }], '/statuses/0/date'],
    ['31 February', [{ status: 'preprint', date: '2022-02-31' }], '/statuses/0/date'],
    ['the year 0', [{ status: 'preprint', date: '0000' }], '/statuses/0/date'],
    ['an unknown status', [{ status: 'accepted', date: '2022' }], '/statuses/0/status'],
    ['a malformed notice URL', [{ status: 'retracted', date: '2022', url: 'x' }], '/statuses/0/url'],
  ])('a status list with %s is refused', async (_what, statuses, pointer) => {
    const answer = await masthead.as('author').patch(`/admin/v1/papers/${paper.id}`, { statuses });
    expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });
});

test('the change log shows a status that changes while its issue is published', async () => {
  for (let round = 0; round < 8; round += 1) {
    const issue = await makeIssue(masthead, {
      newsletterId: newsletter.id,
      title: `Round ${round}`,
      sections: [{ title: 'P', items: [{ kind: 'paper', title: 'A', body: 'x', paperId: paper.id }] }],
    });
    const status = round % 2 === 0 ? 'corrected' : 'retracted';
    await Promise.all([
      publish(masthead, issue.id),
      masthead
        .as('author')
        .patch(`/admin/v1/papers/${paper.id}`, { statuses: [{ status, date: `20${30 + round}` }] }),
    ]);
    const last = (await readChanges()).findLast((entry) => entry.issue.id === issue.id);
    if (!last) throw new Error('The issue is not in the log');
    expect(last.isCurrent).toBe(true);
    expect(
      last.document?.sections[0]?.items[0]?.paper?.status === status || last.type === 'paper_status',
    ).toBe(true);
  }
});

test('a status that waits for the withdrawal of an issue adds nothing to the change log after it', async () => {
  const [published] = await readChanges();
  const id = published?.issue.id ?? '';
  const ctx = systemContext(masthead.database.prisma, 'test');
  const withdrawal = await openTransaction(ctx, (ctx) => unpublishIssue(ctx, id, '*'));
  const patch = masthead
    .as('author')
    .patch(`/admin/v1/papers/${paper.id}`, { statuses: [{ status: 'retracted', date: '2030' }] });
  await expect.poll(countWaiting).toBe(1);
  await withdrawal.commit();
  expect((await patch).status).toBe(200);
  expect((await readChanges()).map(({ type }) => type)).toEqual(['published', 'withdrawn']);
});

/** Statements that wait for a lock in this file's database. */
async function countWaiting(): Promise<number> {
  const { rows } = await masthead.database.pool.query<{ count: number }>(
    `SELECT count(*)::int FROM pg_stat_activity
     WHERE datname = current_database() AND wait_event_type = 'Lock'`,
  );
  return rows[0]?.count ?? 0;
}

async function readChanges(): Promise<Change[]> {
  const entries: Change[] = [];
  const base = `/content/v1/newsletters/${newsletter.slug}/changes?include=document&limit=20`;
  for (let url = base; ; ) {
    const { body } = await masthead.anonymous.get(url);
    entries.push(...changePage.parse(body).data);
    if (body.page.isLast) return entries;
    url = `${base}&cursor=${encodeURIComponent(body.page.next)}`;
  }
}
