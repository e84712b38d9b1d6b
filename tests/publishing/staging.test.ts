import { createHash } from 'node:crypto';
import pino from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { isUnavailable } from '../../src/database/errors.ts';
import { stageEdition } from '../../src/modules/publications/staging/stage-edition.ts';
import { publishDueBatch } from '../../src/modules/publishing/schedule/publish-due-batch.ts';
import { makePublishDueIssues } from '../../src/modules/publishing/schedule/publish-due-issues.ts';
import { composeNext, stampEdition } from '../../src/modules/publishing/staging/compose-next.ts';
import { makeStageScheduledIssues } from '../../src/modules/publishing/staging/stage-scheduled-issues.ts';
import { useMasthead } from '../support/app.ts';
import {
  makeIssue,
  makeMedia,
  makeNewsletter,
  makePaper,
  makePerson,
  publish,
} from '../support/factories.ts';
import { anyRevision, makeIssueIn, workflowOf } from './workflow.ts';

const masthead = useMasthead();
const { schedule, unschedule } = workflowOf(masthead);
const neverAborted = new AbortController().signal;
const log = Object.assign(pino({ level: 'silent' }), { error: vi.fn() });
const options = { log, isUnavailable };
const tenIssues = { paused: [], limit: 10, onFailure: () => {} };

function stage(): Promise<null> {
  return makeStageScheduledIssues(masthead.ctx, options)(neverAborted);
}

function publishDue(): Promise<number | null> {
  return makePublishDueIssues(masthead.ctx, options)(neverAborted);
}

const query = async <T extends object>(sql: string, values: unknown[]) =>
  (await masthead.database.pool.query<T>(sql, values)).rows;

/** The time that is `ms` from now by the database's clock, as RFC 3339. */
async function inMs(ms: number): Promise<string> {
  const [row] = await query<{ at: Date }>("SELECT now() + $1 * interval '1 ms' AS at", [ms]);
  return row?.at.toISOString() ?? '';
}

async function findStaged(issueId: string) {
  const [staged] = await query<{ editionId: string; document: string; isLive: boolean }>(
    `SELECT edition_id AS "editionId", document, live_at IS NOT NULL AS "isLive"
     FROM staged_editions WHERE issue_id = $1`,
    [issueId],
  );
  return staged ?? null;
}

async function findLive(issueId: string) {
  const [live] = await query<{ editionId: string; document: string; summary: string; hash: string }>(
    `SELECT editions.id AS "editionId", document, summary, hash
     FROM publications JOIN editions ON editions.id = edition_id WHERE publications.issue_id = $1`,
    [issueId],
  );
  return live ?? null;
}

/** A newsletter with an issue that is due in `ms` and shows an author, a paper and a media file. */
async function makeScheduled(ms: number) {
  const newsletter = await makeNewsletter(masthead);
  const [person, paper, media] = await Promise.all([
    makePerson(masthead, { name: 'Before' }),
    makePaper(masthead, { title: 'Before' }),
    makeMedia(masthead, { alt: 'Before' }),
  ]);
  const issue = await makeIssue(masthead, {
    newsletterId: newsletter.id,
    title: 'Before',
    authorIds: [person.id],
    sections: [
      {
        title: 'All',
        items: [
          { kind: 'paper', title: 'A paper', paperId: paper.id },
          { kind: 'note', title: 'A figure', figures: [{ mediaId: media.id }] },
        ],
      },
    ],
  });
  const at = await makeDueIn(ms, [issue.id]);
  return { newsletter, person, paper, media, issue, at };
}

/** Schedules the issues for the same time, however long that takes. Returns the time as RFC 3339. */
async function makeDueIn(ms: number, ids: readonly string[]): Promise<string> {
  const later = new Date(Date.now() + 86_400_000).toISOString();
  for (const id of ids) expect(await schedule(id, { at: later })).toMatchObject({ status: 200 });
  const at = await inMs(ms);
  await query('UPDATE issues SET scheduled_at = $1 WHERE id = ANY ($2)', [at, ids]);
  return at;
}

type Made = Awaited<ReturnType<typeof makeScheduled>>;

async function untilLive(issueId: string) {
  const find = async () => {
    await publishDue();
    return findLive(issueId);
  };
  await expect.poll(find).not.toBeNull();
  const live = await findLive(issueId);
  if (!live) throw new Error('Not live');
  return live;
}

describe('an edition that is staged', () => {
  test('readers do not see it before it is due', async () => {
    const { newsletter, issue } = await makeScheduled(10_000);
    await stage();
    expect(await findStaged(issue.id)).toMatchObject({ isLive: false });
    const url = `/content/v1/newsletters/${newsletter.slug}`;
    for (const path of [`issues/${issue.number}`, `issues/${issue.slug}`, 'issues/latest']) {
      expect(await masthead.anonymous.get(`${url}/${path}`)).toMatchObject({ status: 404 });
    }
    for (const path of ['issues', 'search?q=figure', 'changes?after=0', 'feed.json']) {
      expect(JSON.stringify((await masthead.anonymous.get(`${url}/${path}`)).body)).not.toContain('Before');
    }
    await unschedule(issue.id);
  });

  test('it goes live as it was staged, and its times are those when it was due', async () => {
    const { newsletter, issue, at } = await makeScheduled(2_000);
    await stage();
    const staged = await findStaged(issue.id);
    const live = await untilLive(issue.id);
    expect(live).toMatchObject({ editionId: staged?.editionId, document: staged?.document });
    const answer = await masthead.anonymous.get(
      `/content/v1/newsletters/${newsletter.slug}/issues/${issue.number}`,
    );
    expect(answer.body).toMatchObject({ publishedAt: at, updatedAt: at, edition: 1 });
    const { body } = await masthead.as('viewer').get(`/admin/v1/issues/${issue.id}`);
    expect(body.publication).toMatchObject({ publishedAt: at, updatedAt: at, hasUnpublishedChanges: false });
  });

  test('it is composed only once by nodes that stage at the same time, one after the other', async () => {
    const { issue } = await makeScheduled(10_000);
    await stage();
    const first = await findStaged(issue.id);
    await Promise.all([stage(), stage()]);
    expect(await findStaged(issue.id)).toEqual(first);
    await unschedule(issue.id);
  });

  test.each<[string, (made: Made) => Promise<unknown>, string]>([
    ['the issue', ({ issue }) => patch(`issues/${issue.id}`, { title: 'After' }), 'title'],
    [
      'its newsletter',
      ({ newsletter }) => patch(`newsletters/${newsletter.id}`, { title: 'After' }),
      'newsletter',
    ],
    ['an author', ({ person }) => patch(`people/${person.id}`, { name: 'After' }), 'authors'],
    ['a paper', ({ paper }) => patch(`papers/${paper.id}`, { title: 'After' }), 'sections'],
    ['a media file', ({ media }) => patch(`media/${media.id}`, { alt: 'After' }), 'sections'],
  ])('a later change of %s is in the edition that goes live', async (_what, change, member) => {
    const made = await makeScheduled(700);
    await stage();
    expect(await findStaged(made.issue.id)).not.toBeNull();
    expect(await change(made)).toMatchObject({ status: 200 });
    const document = JSON.parse((await untilLive(made.issue.id)).document);
    expect(JSON.stringify(document[member])).toContain('After');
  });

  test('it is discarded when the issue is unscheduled', async () => {
    const { issue } = await makeScheduled(10_000);
    await stage();
    expect(await findStaged(issue.id)).not.toBeNull();
    await unschedule(issue.id);
    await stage();
    expect(await findStaged(issue.id)).toBeNull();
  });

  test('an editor who publishes before the time publishes the current content at the current time', async () => {
    const { issue, at } = await makeScheduled(10_000);
    await stage();
    await patch(`issues/${issue.id}`, { title: 'After' });
    const { publication } = await publish(masthead, issue.id);
    expect(Date.parse(publication.publishedAt)).toBeLessThan(Date.parse(at));
    expect(await findLive(issue.id)).toMatchObject({ document: expect.stringContaining('"title":"After"') });
    expect(await findStaged(issue.id)).toBeNull();
  });

  function patch(path: string, body: object) {
    return masthead.as('admin').patch(`/admin/v1/${path}`, body, anyRevision);
  }
});

describe('when an issue is staged', () => {
  const setTimes = (issueId: string, dueIn: string, editedAgo: string) =>
    query(
      `UPDATE issues SET scheduled_at = now() + $2::interval, updated_at = now() - $3::interval WHERE id = $1`,
      [issueId, dueIn, editedAgo],
    );

  test.each([
    ['9 minutes', '6 seconds', true],
    ['11 minutes', '6 seconds', false],
    ['9 minutes', '4 seconds', false],
    ['14 seconds', '1 second', true],
  ])(
    'an issue that is due in %s and was changed %s ago is staged: %s',
    async (dueIn, editedAgo, isStaged) => {
      const { id } = await makeIssueIn(masthead, 'scheduled');
      await setTimes(id, dueIn, editedAgo);
      await stage();
      expect((await findStaged(id)) !== null).toBe(isStaged);
      await unschedule(id);
    },
  );

  test('an issue that is not ready is not staged and is no error', async () => {
    const { id } = await makeIssueIn(masthead, 'scheduled');
    await query("UPDATE issues SET title = '' WHERE id = $1", [id]);
    await setTimes(id, '1 minute', '1 minute');
    log.error.mockClear();
    await stage();
    expect(await findStaged(id)).toBeNull();
    expect(log.error).not.toHaveBeenCalled();
    await unschedule(id);
  });
});

describe('an edition that goes live at another time than it was staged for', () => {
  test('one that is more than a second late has the time at which it goes live, everywhere', async () => {
    const { newsletter, issue } = await makeScheduled(400);
    await stage();
    const staged = await findStaged(issue.id);
    const [due] = await query<{ at: Date }>(
      "UPDATE issues SET scheduled_at = scheduled_at - interval '3 seconds' WHERE id = $1 RETURNING scheduled_at AS at",
      [issue.id],
    );
    const live = await untilLive(issue.id);
    expect(live.editionId).toBe(staged?.editionId);
    expect(live.hash).toBe(createHash('sha256').update(live.document).digest('hex'));
    const document = JSON.parse(live.document);
    expect(Date.parse(document.publishedAt)).toBeGreaterThan(Number(due?.at) + 1_000);
    expect(document.updatedAt).toBe(document.publishedAt);
    expect(Object.keys(document)).toEqual(Object.keys(JSON.parse(staged?.document ?? '{}')));
    expect(JSON.parse(live.summary)).toMatchObject({ publishedAt: document.publishedAt, title: 'Before' });
    const { body } = await masthead.anonymous.get(`/content/v1/newsletters/${newsletter.slug}/issues`);
    expect(body.data[0]).toMatchObject({ publishedAt: document.publishedAt });
  });

  test('one that was due before an issue that went out late follows it in the archive', async () => {
    const { newsletter, issue, at } = await makeScheduled(500);
    await stage();
    const other = await makeIssueIn(masthead, 'draft', { newsletterId: newsletter.id });
    await expect.poll(async () => (await inMs(0)) > at).toBe(true);
    const { publication } = await publish(masthead, other.id);
    const { publishedAt } = JSON.parse((await untilLive(issue.id)).document);
    expect(Date.parse(publishedAt)).toBeGreaterThan(Date.parse(publication.publishedAt));
  });
});

test('a node that composed an earlier state cannot replace an edition that is about to go live', async () => {
  const { newsletter, issue } = await makeScheduled(400);
  const earlier = await composeNext(masthead.ctx, issue.id);
  await masthead.as('admin').patch(`/admin/v1/newsletters/${newsletter.id}`, { title: 'After' }, anyRevision);
  await stage();
  const client = await masthead.database.pool.connect();
  const count = async () => {
    const { rowCount } = await client.query(
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
    );
    return rowCount;
  };
  await client.query('BEGIN; LOCK TABLE editions IN SHARE MODE');
  try {
    const live = untilLive(issue.id);
    // The batch has compared the fingerprints by now.
    await expect.poll(count).toBeGreaterThan(0);
    const replaced = stageEdition(masthead.ctx, stampEdition(earlier, new Date()));
    await expect.poll(count).toBeGreaterThan(1);
    await client.query('COMMIT');
    expect(JSON.parse((await live).document)).toMatchObject({ newsletter: { title: 'After' } });
    await replaced;
    expect(await findStaged(issue.id)).toMatchObject({ isLive: true });
  } finally {
    client.release();
  }
});

test('an issue whose staged edition cannot go live does not delay those that are due at the same time', async () => {
  const { newsletter, issue: broken } = await makeScheduled(60_000);
  const others = await Promise.all(
    [1, 2, 3].map(() => makeIssueIn(masthead, 'draft', { newsletterId: newsletter.id })),
  );
  await makeDueIn(
    800,
    [broken, ...others].map(({ id }) => id),
  );
  await stage();
  await query(`UPDATE staged_editions SET uses = '{"papers": [{"itemId": "none"}]}' WHERE issue_id = $1`, [
    broken.id,
  ]);
  log.error.mockClear();
  const publishDue = makePublishDueIssues(masthead.ctx, options);
  const countLive = async () => {
    await publishDue(neverAborted);
    return (await Promise.all(others.map(({ id }) => findLive(id)))).filter(Boolean).length;
  };
  await expect.poll(countLive).toBe(3);
  expect(await findLive(broken.id)).toBeNull();
  expect(log.error.mock.calls).toMatchObject([[{ issueId: broken.id }, expect.any(String)]]);
  await unschedule(broken.id);
});

test('a batch holds what is too late and what has a taken address, and publishes the rest', async () => {
  const newsletter = await makeNewsletter(masthead, { holdOverdueAfter: 1 });
  const [late, inTime] = await Promise.all(
    [1, 2].map(() => makeIssueIn(masthead, 'scheduled', { newsletterId: newsletter.id })),
  );
  await query("UPDATE issues SET scheduled_at = now() - interval '2 minutes' WHERE id = $1", [late.id]);
  expect(await publishDueBatch(masthead.ctx, tenIssues)).toEqual({
    held: [{ issueId: late.id, reason: 'too_late' }],
    outOfDate: [],
    late: [],
  });
  await query('UPDATE issues SET scheduled_at = now() WHERE id = $1', [inTime.id]);
  expect(await publishDueBatch(masthead.ctx, tenIssues)).toEqual({
    held: [],
    outOfDate: [inTime.id],
    late: [],
  });
  await untilLive(inTime.id);
});
