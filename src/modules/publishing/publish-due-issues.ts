import type { FastifyBaseLogger } from 'fastify';
import { type Context, inTransaction } from '../../context.ts';
import { DomainError, type Fault } from '../../errors.ts';
import { recordEvent } from '../events/record-event.ts';
import { publishIssue } from './publish-issue.ts';
import { applyTransition } from './transitions.ts';

type DueIssue = { id: string; newsletterId: string; scheduledAt: Date; isTooLate: boolean };

/** Milliseconds until an issue is tried again whose publishing failed by a fault of ours. */
const PAUSE_AFTER_FAILURE = 30_000;
/** Milliseconds until a due issue is looked for again that another node, or an editor, holds. */
const PAUSE_FOR_HELD = 50;

/**
 * Makes the work of one node: publish what is due by the database's clock, oldest first, one transaction
 * each, then answer in how many milliseconds to come again; null when nothing is scheduled. Any number of
 * nodes may do it at once: a row that another holds is skipped.
 */
export function makePublishDueIssues(ctx: Context, log: FastifyBaseLogger): () => Promise<number | null> {
  const pausedUntil = new Map<string, number>();

  return async function publishDueIssues() {
    for (;;) {
      const paused = stillPaused(pausedUntil);
      const tried = await tryOne(ctx, paused);
      if (!tried) return millisecondsToNext(ctx, paused);
      if (!tried.error) continue;
      // One issue that cannot go out must not keep the others back.
      pausedUntil.set(tried.due.id, performance.now() + PAUSE_AFTER_FAILURE);
      log.error({ err: tried.error, issueId: tried.due.id }, 'a due issue could not be published');
    }
  };
}

function stillPaused(pausedUntil: Map<string, number>): string[] {
  for (const [id, until] of pausedUntil) if (until <= performance.now()) pausedUntil.delete(id);
  return [...pausedUntil.keys()];
}

/** Null: nothing is due that nobody else holds. An error without an issue is the database's and is thrown. */
async function tryOne(ctx: Context, paused: string[]): Promise<{ due: DueIssue; error?: unknown } | null> {
  const claimed: DueIssue[] = [];
  try {
    await inTransaction(ctx, async (ctx) => {
      claimed.push(...(await claimOne(ctx, paused)));
      for (const due of claimed) await settle(ctx, due);
    });
  } catch (error) {
    const [due] = claimed;
    if (due) return { due, error };
    throw error;
  }
  const [due] = claimed;
  return due ? { due } : null;
}

function claimOne(ctx: Context, paused: string[]): Promise<DueIssue[]> {
  return ctx.db.$queryRaw<DueIssue[]>`
    SELECT issues.id, newsletter_id AS "newsletterId", scheduled_at AS "scheduledAt",
           coalesce(now() - scheduled_at > hold_overdue_after * interval '1 minute', false) AS "isTooLate"
    FROM issues JOIN newsletters ON newsletters.id = newsletter_id
    WHERE status = 'scheduled' AND scheduled_at <= now() AND issues.id <> ALL (${paused}::uuid[])
    ORDER BY scheduled_at, issues.id
    LIMIT 1
    FOR UPDATE OF issues SKIP LOCKED`;
}

/** Out, as by the button; or back to draft with the reason. */
async function settle(ctx: Context, due: DueIssue): Promise<void> {
  if (due.isTooLate) return hold(ctx, due, 'too_late');
  try {
    await publishIssue(ctx, due.id, '*', 'publishDue');
  } catch (error) {
    if (!(error instanceof DomainError && error.code === 'not_ready')) throw error;
    await hold(ctx, due, 'not_ready', error.details.faults);
  }
}

async function hold(
  ctx: Context,
  { id, newsletterId, scheduledAt }: DueIssue,
  reason: 'too_late' | 'not_ready',
  problems: readonly Fault[] = [],
): Promise<void> {
  await applyTransition(ctx, id, 'hold');
  await recordEvent(ctx, {
    type: 'issue.held',
    newsletterId,
    issueId: id,
    subject: { kind: 'issue', id },
    details: { reason, at: scheduledAt.toISOString(), problems: problems.map((problem) => ({ ...problem })) },
  });
}

/** By the database's clock; only the length of the sleep is the node's own. */
async function millisecondsToNext(ctx: Context, paused: string[]): Promise<number | null> {
  const [next] = await ctx.db.$queryRaw<[{ wait: number | null }]>`
    SELECT (extract(epoch FROM min(scheduled_at) - clock_timestamp()) * 1000)::float8 AS wait
    FROM issues WHERE status = 'scheduled' AND id <> ALL (${paused}::uuid[])`;
  if (next.wait === null) return paused.length > 0 ? PAUSE_AFTER_FAILURE : null;
  return next.wait <= 0 ? PAUSE_FOR_HELD : next.wait;
}
