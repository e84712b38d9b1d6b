import type { FastifyBaseLogger } from 'fastify';
import type { Context } from '../../../context.ts';
import { discardStaged } from '../../publications/staging/stage-edition.ts';
import { makePausedIssues } from './paused-issues.ts';
import { stageIssue } from './stage-issue.ts';

/** Long enough to stage thousands of issues that are due in the same minute. */
const STAGE_AHEAD_MS = 600_000;
/** An issue that is being edited is staged when the editor pauses, unless it is due soon. */
const PAUSE_AFTER_EDIT_MS = 5_000;
const DUE_SOON_MS = 15_000;
/** How many issues a node stages at a time, and among how many it chooses. */
const BATCH_SIZE = 2;
const CHOICE_SIZE = 50;

type Options = { log: FastifyBaseLogger; isUnavailable: (error: unknown) => boolean };

/**
 * Returns the background task of a node that stages the issues that are due soon, the earliest first. An issue that is not
 * ready is left for its due time. Nodes choose at random among the next issues, so they seldom stage the same one; it would do
 * no harm.
 */
export function makeStageScheduledIssues(ctx: Context, { log, isUnavailable }: Options) {
  const paused = makePausedIssues();

  return async function stageScheduledIssues(stopping: AbortSignal): Promise<null> {
    await discardObsolete(ctx);
    while (!stopping.aborted) {
      const ids = await chooseIssues(ctx, paused.ids());
      if (ids.length === 0) break;
      await Promise.all(ids.map(stageOrPause));
    }
    return null;
  };

  async function stageOrPause(id: string): Promise<void> {
    try {
      const { faults } = await stageIssue(ctx, id);
      if (faults) paused.pause(id);
    } catch (error) {
      if (isUnavailable(error)) throw error;
      paused.pause(id);
      log.error({ err: error, issueId: id }, 'staging an issue failed; will retry');
    }
  }
}

/**
 * Issues that are due soon and not staged as they are now. Changes to their papers, people and media are noticed when they are
 * due.
 */
async function chooseIssues(ctx: Context, paused: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM (
      SELECT issues.id::text FROM issues LEFT JOIN staged_editions AS staged ON staged.issue_id = issues.id
      WHERE scheduled_at > now() AND scheduled_at < now() + ${STAGE_AHEAD_MS} * interval '1 ms'
        AND (issues.updated_at < now() - ${PAUSE_AFTER_EDIT_MS} * interval '1 ms'
          OR scheduled_at < now() + ${DUE_SOON_MS} * interval '1 ms')
        AND staged.revision IS DISTINCT FROM issues.revision + 1 AND issues.id <> ALL (${paused}::uuid[])
      ORDER BY scheduled_at LIMIT ${CHOICE_SIZE}
    ) AS next ORDER BY random() LIMIT ${BATCH_SIZE}`;
  return rows.map(({ id }) => id);
}

/** Discards what was staged for issues that are not scheduled any more. */
async function discardObsolete(ctx: Context): Promise<void> {
  const obsolete = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT issue_id::text AS id FROM staged_editions JOIN issues ON issues.id = issue_id
    WHERE live_at IS NULL AND status <> 'scheduled' LIMIT 1000`;
  const ids = obsolete.map(({ id }) => id);
  if (ids.length > 0) await discardStaged(ctx, ids);
}
