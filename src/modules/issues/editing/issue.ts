import { type Context, inTransaction } from '../../../context.ts';
import type { Issue, IssueStatus, Newsletter } from '../../../database/generated/client.ts';
import { DomainError } from '../../../errors.ts';
import { type Page, toPage } from '../../../lib/page.ts';
import { definedFields } from '../../../lib/patch.ts';
import { type IfMatch, lockRow } from '../../../lib/revision.ts';
import { recordEvent } from '../../events/record-event.ts';
import { getNewsletter } from '../../newsletters/newsletter.ts';
import { newsletterTemplate } from '../../newsletters/present.ts';
import { findHighestNumber } from '../../publications/addresses.ts';
import { findLastVersion } from '../../publications/edition/editions.ts';
import { readTextsAhead, rewriteFigures, writeCover } from '../figures/write-figures.ts';
import { findFreeSlug, requireFreeAddress } from '../readiness/address.ts';
import { type IssueInput, type IssuePatch, MAX_NUMBER } from '../tree/issue-schemas.ts';
import { type IssueListing, type IssueTree, issueListing, loadIssue } from '../tree/load-issue.ts';
import type { SectionInput } from '../tree/section-schemas.ts';
import { changeIssue, idsOf, withIssueLocked } from './change-issue.ts';
import { insertSections, textsOfSections } from './content.ts';
import { referencesOfIssue, referencesOfSections, requireReferences } from './require-references.ts';

/**
 * Creates a draft with its whole tree. The number defaults to the next one, the slug to `issue-<number>`, and the
 * sections to the newsletter's template.
 */
export async function createIssue(ctx: Context, newsletterId: string, input: IssueInput): Promise<IssueTree> {
  await readTextsAhead(ctx, [input.intro, input.signOff, ...textsOfSections(input.sections ?? [])]);
  return inTransaction(ctx, async (ctx) => {
    // The lock keeps two issues that are created at the same time from taking the same number.
    await lockRow(ctx, 'newsletters', newsletterId);
    const newsletter = await getNewsletter(ctx, newsletterId);
    const sections: readonly SectionInput[] = input.sections ?? newsletterTemplate(newsletter);
    await requireReferences(ctx, [...referencesOfIssue(input), ...referencesOfSections(sections)]);
    await requireFreeAddress(ctx, newsletterId, input);
    const issue = await insertIssue(ctx, newsletter, input);
    await writeAuthors(ctx, issue.id, input.authorIds);
    await writeIssueFigures(ctx, issue);
    await writeCover(ctx, issue.id, input.cover ?? null);
    await insertSections(ctx, issue.id, sections);
    await record(ctx, 'issue.created', issue);
    return loadIssue(ctx, issue.id);
  });
}

/** How many issues the newsletter has, in any status. */
export function countIssues(ctx: Context, newsletterId: string): Promise<number> {
  return ctx.db.issue.count({ where: { newsletterId } });
}

/** Highest number first. */
export async function listIssues(
  ctx: Context,
  newsletterId: string,
  { limit, after, status }: { limit: number; after: number | undefined; status: IssueStatus | undefined },
): Promise<Page<IssueListing, number>> {
  await getNewsletter(ctx, newsletterId);
  const rows = await ctx.db.issue.findMany({
    where: {
      newsletterId,
      ...definedFields({ status }),
      ...(after === undefined ? {} : { number: { lt: after } }),
    },
    orderBy: { number: 'desc' },
    take: limit + 1,
    include: issueListing,
  });
  return toPage(rows, limit, (row) => row.number);
}

export async function updateIssue(
  ctx: Context,
  id: string,
  patch: IssuePatch,
  ifMatch: IfMatch,
): Promise<IssueTree> {
  await readTextsAhead(ctx, [patch.intro, patch.signOff]);
  return changeIssue(ctx, id, ifMatch, async (ctx, { newsletterId }) => {
    await requireReferences(ctx, referencesOfIssue(patch));
    await requireFreeAddress(ctx, newsletterId, patch, id);
    const issue = await ctx.db.issue.update({ where: { id }, data: columnsOf(patch) });
    if (patch.authorIds) await writeAuthors(ctx, id, patch.authorIds);
    if (patch.intro !== undefined || patch.signOff !== undefined) await writeIssueFigures(ctx, issue);
    if (patch.cover !== undefined) await writeCover(ctx, id, patch.cover);
    return {
      subject: { kind: 'issue', id },
      details: { change: 'issue.updated', fields: Object.keys(definedFields(patch)) },
    };
  });
}

/** Only a draft can be deleted. */
export function deleteIssue(ctx: Context, id: string, ifMatch: IfMatch): Promise<void> {
  return withIssueLocked(ctx, id, ifMatch, async (ctx, issue) => {
    if (issue.status !== 'draft') {
      const message = `The issue is ${issue.status}; only a draft can be deleted.`;
      throw new DomainError('conflict', 'wrong_status', message, { issueStatus: issue.status });
    }
    if (ctx.actor.role === 'author') await requireNeverPublished(ctx, id);
    await ctx.db.issue.delete({ where: { id } });
    await record(ctx, 'issue.deleted', issue);
  });
}

/** Deleting an issue also deletes its editions, so an author may delete only what readers never saw. */
async function requireNeverPublished(ctx: Context, issueId: string): Promise<void> {
  if ((await findLastVersion(ctx, issueId)) === 0) return;
  const message = 'The issue was published before; deleting it with its editions requires the editor role.';
  throw new DomainError('forbidden', 'role_too_low', message, { needed: 'editor' });
}

async function insertIssue(ctx: Context, newsletter: Newsletter, input: IssueInput): Promise<Issue> {
  const number = input.number ?? (await nextNumber(ctx, newsletter.id));
  return ctx.db.issue.create({
    data: {
      ...columnsOf(input),
      newsletterId: newsletter.id,
      number,
      slug: input.slug ?? (await findFreeSlug(ctx, newsletter.id, number)),
      createdAt: ctx.now,
      updatedAt: ctx.now,
    },
  });
}

/** A published issue keeps its number for readers until its changes are published, so both numbers count. */
async function nextNumber(ctx: Context, newsletterId: string): Promise<number> {
  const issue = await ctx.db.issue.findFirst({
    where: { newsletterId },
    orderBy: { number: 'desc' },
    select: { number: true },
  });
  const next = Math.max(issue?.number ?? 0, await findHighestNumber(ctx, newsletterId)) + 1;
  if (next <= MAX_NUMBER) return next;
  const message = `must be given, because there is no next number after ${MAX_NUMBER}`;
  throw new DomainError('conflict', 'numbers_exhausted', `The number ${message}.`, {
    faults: [{ pointer: '/number', code: 'exhausted', message }],
  });
}

/** The part of the input that is stored in the issue's own row. */
function columnsOf({
  coverage,
  cover: _cover,
  authorIds: _authors,
  ...patch
}: IssuePatch & { sections?: unknown }) {
  const { sections: _sections, ...columns } = patch;
  if (coverage === undefined) return definedFields(columns);
  return {
    ...definedFields(columns),
    coverageFrom: coverage ? new Date(coverage.from) : null,
    coverageTo: coverage ? new Date(coverage.to) : null,
  };
}

async function writeAuthors(ctx: Context, issueId: string, personIds: readonly string[] = []): Promise<void> {
  await ctx.db.issueAuthor.deleteMany({ where: { issueId } });
  await ctx.db.issueAuthor.createMany({
    data: personIds.map((personId, position) => ({ issueId, personId, position })),
  });
}

function writeIssueFigures(ctx: Context, { id, intro, signOff }: Issue): Promise<void> {
  return rewriteFigures(ctx, { owner: { issueId: id }, listed: [], texts: [intro, signOff] });
}

function record(ctx: Context, type: 'issue.created' | 'issue.deleted', issue: Issue): Promise<void> {
  return recordEvent(ctx, {
    type,
    ...idsOf(issue),
    subject: { kind: 'issue', id: issue.id },
    details: { number: issue.number, slug: issue.slug },
  });
}
