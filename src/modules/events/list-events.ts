import type { Context } from '../../context.ts';
import type { Event, Prisma } from '../../database/generated/client.ts';
import { type Page, toPage } from '../../lib/page.ts';
import { definedFields } from '../../lib/patch.ts';

/** A place in the order of events: by the database's clock, then as they were made. */
export type EventKey = { at: string; id: string };

export type EventFilter = {
  limit: number;
  after: EventKey | undefined;
  type?: string | undefined;
  issueId?: string | undefined;
  newsletterId?: string | undefined;
};

/** Newest first. */
export async function listEvents(
  ctx: Context,
  { limit, after, ...filter }: EventFilter,
): Promise<Page<Event, EventKey>> {
  const rows = await ctx.db.event.findMany({
    where: {
      AND: [visibleEvents(ctx), definedFields(filter), after === undefined ? {} : isBefore(after)],
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: limit + 1,
  });
  return toPage(rows, limit, ({ at, id }) => ({ at: at.toISOString(), id }));
}

function isBefore({ at, id }: EventKey): Prisma.EventWhereInput {
  return { OR: [{ at: { lt: new Date(at) } }, { at: new Date(at), id: { lt: id } }] };
}

/** A bound key sees what happened in its newsletters; of keys, administrators alone are told. */
function visibleEvents({ actor }: Context): Prisma.EventWhereInput {
  const ofNewsletters = actor.newsletterIds ? { newsletterId: { in: [...actor.newsletterIds] } } : {};
  return actor.role === 'admin' ? ofNewsletters : { ...ofNewsletters, subjectKind: { not: 'api_key' } };
}
