import pino from 'pino';
import { describe, expect, test, vi } from 'vitest';
import { inTransaction } from '../../src/context.ts';
import { isConnectionLost } from '../../src/database/errors.ts';
import { findIssuesToIndex } from '../../src/modules/publications/index/index-texts.ts';
import { makeIndexLiveTexts } from '../../src/modules/publishing/schedule/index-live-texts.ts';
import { publishDueBatch } from '../../src/modules/publishing/schedule/publish-due-batch.ts';
import { stageIssue } from '../../src/modules/publishing/staging/stage-issue.ts';
import { withdraw } from '../delivery/reading.ts';
import { makeLetter } from '../search/searching.ts';
import { useMasthead } from '../support/app.ts';
import { publish, schedule } from '../support/factories.ts';
import { anyRevision } from './workflow.ts';

const masthead = useMasthead();
const oneIssue = { paused: [], limit: 1, onFailure: () => {} };
const neverAborted = new AbortController().signal;

const log = Object.assign(pino({ level: 'silent' }), { error: vi.fn() });
const indexTexts = () => makeIndexLiveTexts(masthead.ctx, { log, isConnectionLost })(neverAborted);

async function countStaged(): Promise<number> {
  return masthead.database.prisma.stagedEdition.count();
}

/** An issue that the schedule has published. Its texts are not searchable yet. */
async function makeDue(body: string) {
  const letter = await makeLetter(masthead);
  const issue = await letter.draft({ title: 'Due', items: [{ body }] });
  await schedule(masthead, issue.id);
  await masthead.database.pool.query('UPDATE issues SET scheduled_at = now() WHERE id = $1', [issue.id]);
  await stageIssue(masthead.ctx, issue.id);
  expect(await publishDueBatch(masthead.ctx, oneIssue)).toEqual({ held: [], outOfDate: [], late: [] });
  return { letter, issue };
}

describe('the texts of an issue that the schedule has published', () => {
  test('they can be searched after any node has indexed them', async () => {
    const { letter } = await makeDue('marigold');
    expect(await letter.find('marigold')).toEqual([]);
    expect(await countStaged()).toBe(1);
    expect(await indexTexts()).toBeNull();
    expect(await letter.find('marigold')).toEqual(['An item']);
    expect(await letter.find('marigodl')).toEqual(['An item']);
    expect(await countStaged()).toBe(0);
  });

  test('two nodes index them once', async () => {
    const { letter } = await makeDue('snowdrop');
    await Promise.all([indexTexts(), indexTexts()]);
    expect(await letter.find('snowdrop')).toEqual(['An item']);
  });

  test('they are those of the correction, if the issue was corrected before they were indexed', async () => {
    const { letter, issue } = await makeDue('hyacinth');
    const { id } = issue.sections[0].items[0];
    const corrected = await masthead
      .as('author')
      .patch(`/admin/v1/items/${id}`, { body: 'tulip' }, anyRevision);
    expect(corrected.status).toBe(200);
    await publish(masthead, issue.id);
    await indexTexts();
    expect(await letter.find('hyacinth')).toEqual([]);
    expect(await letter.find('tulip')).toEqual(['An item']);
    expect(await countStaged()).toBe(0);
  });

  test('they never become searchable, if the issue was withdrawn before they were indexed', async () => {
    const { letter, issue } = await makeDue('foxglove');
    await withdraw(masthead, issue.id);
    expect(await countStaged()).toBe(0);
    await indexTexts();
    expect(await letter.find('foxglove')).toEqual([]);
  });

  test('they do not wait for those of an issue that cannot be indexed', async () => {
    const broken = await makeDue('peony');
    await masthead.database.pool.query(`UPDATE staged_editions SET texts = '[{"position": "none"}]'`);
    const { letter } = await makeDue('aster');
    expect(await indexTexts()).toBeNull();
    expect(await letter.find('aster')).toEqual(['An item']);
    expect(log.error.mock.calls).toMatchObject([[{ issueId: broken.issue.id }, expect.any(String)]]);
    await withdraw(masthead, broken.issue.id);
  });

  test('another node leaves them to the session that is indexing them', async () => {
    const { issue } = await makeDue('iris');
    await inTransaction(masthead.ctx, async (ctx) => {
      await ctx.db.$queryRaw`SELECT 1 FROM staged_editions WHERE issue_id = ${issue.id}::uuid FOR UPDATE`;
      expect(await findIssuesToIndex(masthead.ctx, [], 10)).toEqual([]);
      expect(await indexTexts()).toBeNull();
    });
    expect(await countStaged()).toBe(1);
    await indexTexts();
    expect(await countStaged()).toBe(0);
  });

  test('they wait for issues that are due, but not for long', async () => {
    const { letter } = await makeDue('primrose');
    const blocked = await letter.draft({ title: 'Waiting' });
    await schedule(masthead, blocked.id);
    await masthead.database.pool.query('UPDATE issues SET scheduled_at = now() WHERE id = $1', [blocked.id]);
    expect(await indexTexts()).toBe(100);
    expect(await letter.find('primrose')).toEqual([]);
    await masthead.database.pool.query(
      "UPDATE staged_editions SET live_at = live_at - interval '11 seconds'",
    );
    expect(await indexTexts()).toBeNull();
    expect(await letter.find('primrose')).toEqual(['An item']);
    await masthead.as('editor').delete(`/admin/v1/issues/${blocked.id}/schedule`, anyRevision);
  });
});
