import { type Context, inTransaction } from '../../context.ts';
import type { Newsletter, Prisma } from '../../database/generated/client.ts';
import { DomainError, notFound } from '../../errors.ts';
import { type ById, newestFirst, type Page, toPage } from '../../lib/page.ts';
import { definedFields } from '../../lib/patch.ts';
import { type IfMatch, requireRevision, withRowLocked } from '../../lib/revision.ts';
import { recordEvent } from '../events/record-event.ts';
import { markFeedsModified } from '../publications/changes/change-log.ts';
import type { NewsletterInput, NewsletterPatch } from './schemas.ts';
import { visibleNewsletters } from './visibility.ts';

export function createNewsletter(ctx: Context, input: NewsletterInput): Promise<Newsletter> {
  if (ctx.actor.newsletterIds) {
    throw new DomainError(
      'forbidden',
      'key_is_bound',
      'An API key that is bound to newsletters cannot create one.',
    );
  }
  const data = { language: 'en', timeZone: 'UTC', ...definedFields(input) };
  return inTransaction(ctx, async (ctx) => {
    const newsletter = await ctx.db.newsletter.create({
      data: { ...data, createdAt: ctx.now, updatedAt: ctx.now },
    });
    await record(ctx, 'newsletter.created', newsletter);
    return newsletter;
  });
}

/** Newest first. */
export async function listNewsletters(ctx: Context, query: ById): Promise<Page<Newsletter, string>> {
  const { where, ...order } = newestFirst(query);
  const rows = await ctx.db.newsletter.findMany({
    where: { AND: [visibleNewsletters(ctx.actor), where] },
    ...order,
  });
  return toPage(rows, query.limit, (row) => row.id);
}

export async function getNewsletter(ctx: Context, id: string): Promise<Newsletter> {
  const newsletter = await ctx.db.newsletter.findFirst({
    where: { AND: [{ id }, visibleNewsletters(ctx.actor)] },
  });
  if (!newsletter) throw notFound('newsletter');
  return newsletter;
}

/** Returns those of the ids that exist. */
export async function findNewsletterIds(ctx: Context, ids: readonly string[]): Promise<string[]> {
  const rows = await ctx.db.newsletter.findMany({ where: { id: { in: [...ids] } }, select: { id: true } });
  return rows.map((row) => row.id);
}

/** Returns null if no newsletter has the slug. */
export function findNewsletterBySlug(ctx: Context, slug: string): Promise<Newsletter | null> {
  return ctx.db.newsletter.findUnique({ where: { slug } });
}

export function updateNewsletter(
  ctx: Context,
  id: string,
  patch: NewsletterPatch,
  ifMatch: IfMatch,
): Promise<Newsletter> {
  return withRowLocked(ctx, 'newsletters', id, async (ctx) => {
    requireRevision(ifMatch, (await getNewsletter(ctx, id)).revision);
    const changes: Prisma.NewsletterUpdateInput = definedFields(patch);
    const newsletter = await ctx.db.newsletter.update({
      where: { id },
      data: { ...changes, revision: { increment: 1 }, updatedAt: ctx.now },
    });
    await record(ctx, 'newsletter.updated', newsletter, { fields: Object.keys(changes) });
    await markFeedsModified(ctx, id);
    return newsletter;
  });
}

/** Throws if the newsletter still has issues. `countIssues` counts them. */
export function deleteNewsletter(
  ctx: Context,
  id: string,
  ifMatch: IfMatch,
  countIssues: (ctx: Context, id: string) => Promise<number>,
): Promise<void> {
  return withRowLocked(ctx, 'newsletters', id, async (ctx) => {
    const newsletter = await getNewsletter(ctx, id);
    requireRevision(ifMatch, newsletter.revision);
    const issues = await countIssues(ctx, id);
    if (issues > 0) {
      throw new DomainError(
        'conflict',
        'newsletter_has_issues',
        `The newsletter has ${issues} issues; delete them first.`,
        { issues },
      );
    }
    await ctx.db.newsletter.delete({ where: { id } });
    await record(ctx, 'newsletter.deleted', newsletter);
  });
}

function record(
  ctx: Context,
  type: 'newsletter.created' | 'newsletter.updated' | 'newsletter.deleted',
  { id, slug }: Newsletter,
  details: Prisma.InputJsonObject = {},
): Promise<void> {
  return recordEvent(ctx, {
    type,
    newsletterId: id,
    subject: { kind: 'newsletter', id },
    details: { slug, ...details },
  });
}
