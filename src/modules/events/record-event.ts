import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../context.ts';
import type { Prisma } from '../../database/generated/client.ts';
import { insertRows } from '../../lib/insert-rows.ts';
import { announceStale } from './announce-stale.ts';
import { type Affected, staleKeysOf } from './stale-keys.ts';
import type { EventType, SubjectKind } from './types.ts';

export type NewEvent = {
  type: EventType;
  subject: { kind: SubjectKind; id: string };
  newsletterId?: string;
  issueId?: string;
  details?: Prisma.InputJsonObject;
  /** Not stored; used to invalidate caches. */
  affected?: Affected;
};

/** Call it in the transaction that changes the subject, so that the change and its event are committed together. */
export function recordEvent(ctx: Context, event: NewEvent): Promise<void> {
  return recordEvents(ctx, [event]);
}

/** Records many events in one statement. */
export async function recordEvents(ctx: Context, events: readonly NewEvent[]): Promise<void> {
  if (events.length === 0) return;
  await insertRows(
    ctx.db,
    'events',
    events.map((event) => ({
      id: randomUUIDv7(),
      type: event.type,
      at: ctx.now,
      actorKind: ctx.actor.kind,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      newsletterId: event.newsletterId ?? null,
      issueId: event.issueId ?? null,
      subjectKind: event.subject.kind,
      subjectId: event.subject.id,
      details: event.details ?? {},
    })),
  );
  await announceStale(ctx, [...new Set(events.flatMap(staleKeysOf))]);
}
