import type { Context } from '../../context.ts';
import type { Event, Prisma } from '../../database/generated/client.ts';
import { DomainError } from '../../errors.ts';
import { toPage } from '../../lib/page.ts';
import { definedFields } from '../../lib/patch.ts';
import { assignPositions } from './assign-positions.ts';
import type { EventKey, EventOrder } from './schemas.ts';

export type EventQuery = {
  order: EventOrder;
  limit: number;
  /** A key of the same order */
  after: EventKey | undefined;
  type?: string | undefined;
  issueId?: string | undefined;
  newsletterId?: string | undefined;
};

/** `next` is null only on the last page of `newest`. On the last page of `oldest` it is the place to resume from. */
export type EventPage = { data: Event[]; next: EventKey | null; isLast: boolean };

/** Includes every event that was committed before the call. */
export async function listEvents(
  ctx: Context,
  { order, limit, after, ...filter }: EventQuery,
): Promise<EventPage> {
  if (after) await requireKnownEvent(ctx, after);
  await assignPositions(ctx);
  const rows = await ctx.db.event.findMany({
    where: { AND: [visibleEvents(ctx), definedFields(filter), beyond(order, after)] },
    orderBy: { position: order === 'oldest' ? 'asc' : 'desc' },
    take: limit + 1,
  });
  const { data, next } = toPage(rows, limit, (row) => keyOf(order, row));
  if (next !== null) return { data, next, isLast: false };
  return { data, next: order === 'oldest' ? resumeKey(data, after) : null, isLast: true };
}

/** After a restore from a backup, the position can belong to another event or to none. */
async function requireKnownEvent(ctx: Context, { position, id }: EventKey): Promise<void> {
  if (position === 0) return;
  const row = await ctx.db.event.findUnique({ where: { position }, select: { id: true } });
  if (row?.id !== id) throw unknownCursor();
}

function unknownCursor(): DomainError {
  const message = 'refers to an event that does not exist';
  const remedy = 'List from the start, without a cursor.';
  return new DomainError('malformed', 'unknown_cursor', `The cursor ${message}. ${remedy}`, {
    faults: [{ pointer: '/cursor', code: 'unknown_cursor', message, in: 'query', remedy }],
  });
}

/** An API key that is bound to newsletters sees only their events. Only admins see events about API keys. */
function visibleEvents({ actor }: Context): Prisma.EventWhereInput {
  const ofNewsletters = actor.newsletterIds ? { newsletterId: { in: [...actor.newsletterIds] } } : {};
  return actor.role === 'admin' ? ofNewsletters : { ...ofNewsletters, subjectKind: { not: 'api_key' } };
}

/** Always excludes events without a position, as the partial indexes do. */
function beyond(order: EventOrder, after: EventKey | undefined): Prisma.EventWhereInput {
  if (after === undefined) return { position: { not: null } };
  return { position: order === 'oldest' ? { gt: after.position } : { lt: after.position } };
}

function resumeKey(data: readonly Event[], after: EventKey | undefined): EventKey {
  const last = data.at(-1);
  return last ? keyOf('oldest', last) : (after ?? { order: 'oldest', position: 0, id: null });
}

/** Positions stay far below 2^53. */
function keyOf(order: EventOrder, { position, id }: Event): EventKey {
  return { order, position: Number(position), id };
}
