import type { Context } from '../../context.ts';
import type { Event, Prisma } from '../../database/generated/client.ts';
import { type Page, toPage } from '../../page.ts';
import { definedFields } from '../../patch.ts';

export type EventFilter = {
  limit: number;
  after: string | undefined;
  type?: string | undefined;
  issueId?: string | undefined;
  newsletterId?: string | undefined;
};

/** Newest first. */
export async function listEvents(
  ctx: Context,
  { limit, after, ...filter }: EventFilter,
): Promise<Page<Event, string>> {
  const rows = await ctx.db.event.findMany({
    where: {
      AND: [visibleEvents(ctx), definedFields(filter), after === undefined ? {} : { id: { lt: after } }],
    },
    orderBy: { id: 'desc' },
    take: limit + 1,
  });
  return toPage(rows, limit, (row) => row.id);
}

/** A bound key sees what happened in its newsletters; of keys, administrators alone are told. */
function visibleEvents({ actor }: Context): Prisma.EventWhereInput {
  const ofNewsletters = actor.newsletterIds ? { newsletterId: { in: [...actor.newsletterIds] } } : {};
  return actor.role === 'admin' ? ofNewsletters : { ...ofNewsletters, subjectKind: { not: 'api_key' } };
}
