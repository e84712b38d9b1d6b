import { type Context, inTransaction } from '../../context.ts';
import { Prisma } from '../../database/generated/client.ts';
import { DomainError, toPointer, unknownReference } from '../../errors.ts';
import { type IfMatch, requireRevision } from '../../revision.ts';
import { announceStale } from '../events/announce-stale.ts';
import { recordEvents } from '../events/record-event.ts';
import { canBeLookedUp } from './completion/awaits-metadata.ts';
import { fillGaps } from './fill-gaps.ts';
import { MAX_IDENTIFIERS } from './identifier-schemas.ts';
import { schemeText } from './identifiers/identifier.ts';
import { getPaper } from './paper.ts';
import { paperColumns } from './paper-columns.ts';
import { type PaperRow, presentPaperFields, withIdentifiers } from './present.ts';
import { recordPaper } from './record-paper.ts';
import { MAX_LINKS, MAX_RESULTS, type PaperInput } from './schemas.ts';
import { tellReadersOfStatus } from './tell-readers.ts';

/**
 * Makes duplicates part of the paper: it has their identifiers, their uses and what it lacked itself, and they are
 * gone. Their ids lead to it from now on.
 */
export function mergePapers(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
  ifMatch: IfMatch,
): Promise<PaperRow> {
  return inTransaction(ctx, async (ctx) => {
    // Issues before papers, as publishing locks them: then neither waits for the other in a circle.
    const issueIds = await lockIssuesWith(ctx, duplicateIds);
    await lockPapers(ctx, [id, ...duplicateIds]);
    const paper = await getPaper(ctx, id);
    requireRevision(ifMatch, paper.revision);
    const duplicates = await requireDuplicates(ctx, id, duplicateIds);
    await requireSameIssues(ctx, duplicateIds, issueIds);
    requireRoom([paper, ...duplicates]);

    await fillFrom(ctx, paper, duplicates);
    await moveUses(ctx, id, duplicateIds);
    await moveIdentifiers(ctx, id, duplicateIds);
    await ctx.db.paper.deleteMany({ where: { id: { in: [...duplicateIds] } } });
    const merged = await settle(ctx, id);
    await recordMerge(ctx, merged, duplicates);
    await tellReadersOfStatus(
      ctx,
      [paper, ...duplicates].map((before) => ({ before, after: merged })),
    );
    return merged;
  });
}

/** One that is still incomplete is looked up by the identifiers that it has now. */
async function settle(ctx: Context, id: string): Promise<PaperRow> {
  const { incomplete, identifiers } = await getPaper(ctx, id);
  const due = incomplete && canBeLookedUp(identifiers) ? { completeAt: ctx.now, completeTries: 0 } : {};
  return ctx.db.paper.update({
    where: { id },
    data: { ...due, revision: { increment: 1 }, updatedAt: ctx.now },
    include: withIdentifiers,
  });
}

/** Those whose draft or live edition has one of the papers. */
async function lockIssuesWith(ctx: Context, paperIds: readonly string[]): Promise<Set<string>> {
  const rows = await ctx.db.$queryRaw<{ id: string }[]>`
    SELECT id FROM issues WHERE id = ANY (ARRAY (${issuesWith(paperIds)})) ORDER BY id FOR NO KEY UPDATE`;
  return new Set(rows.map(({ id }) => id));
}

function issuesWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    ${draftsWith(paperIds)}
    UNION SELECT issue_id FROM published_papers WHERE paper_id = ANY(${paperIds}::uuid[])`;
}

/** Arrays, where joins would do: by them the planner looks rows up, however many it thinks there are. */
function draftsWith(paperIds: readonly string[]): Prisma.Sql {
  return Prisma.sql`
    SELECT issue_id FROM sections WHERE id = ANY (ARRAY (
      SELECT section_id FROM items WHERE paper_id = ANY(${paperIds}::uuid[])))`;
}

/** Also against new uses, whose foreign key would wait. */
async function lockPapers(ctx: Context, ids: readonly string[]): Promise<void> {
  await ctx.db.$queryRaw`SELECT 1 FROM papers WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
}

async function requireDuplicates(
  ctx: Context,
  id: string,
  duplicateIds: readonly string[],
): Promise<PaperRow[]> {
  const found = await ctx.db.paper.findMany({
    where: { id: { in: duplicateIds.filter((other) => other !== id) } },
    include: withIdentifiers,
  });
  const byId = new Map(found.map((paper) => [paper.id, paper]));
  const faults = duplicateIds.flatMap((other, at) => {
    const message = other === id ? 'a paper cannot be merged into itself' : 'there is no such paper';
    return byId.has(other) ? [] : [{ pointer: toPointer(['paperIds', at]), code: 'unknown_paper', message }];
  });
  if (faults.length > 0) throw unknownReference(faults);
  return duplicateIds.flatMap((other) => byId.get(other) ?? []);
}

/** Nothing of them is left behind unsaid. */
function requireRoom(papers: readonly PaperRow[]): void {
  const all = papers.map(presentPaperFields);
  const urls = new Set(all.flatMap(({ links }) => links.map(({ url }) => url)));
  requireAtMost(MAX_IDENTIFIERS, 'identifiers', all.flatMap(({ identifiers }) => identifiers).length);
  requireAtMost(MAX_LINKS, 'links', urls.size);
  requireAtMost(MAX_RESULTS, 'results', all.flatMap(({ results }) => results).length);
}

function requireAtMost(most: number, noun: string, total: number): void {
  if (total <= most) return;
  const message = `Together they have ${total} ${noun}; a paper may have ${most}.`;
  throw new DomainError('invalid', `too_many_${noun}`, message, { total, most });
}

/** A use that was made between the two locks. */
async function requireSameIssues(
  ctx: Context,
  paperIds: readonly string[],
  locked: ReadonlySet<string>,
): Promise<void> {
  const rows = await ctx.db.$queryRaw<
    { id: string }[]
  >`SELECT issue_id AS id FROM (${issuesWith(paperIds)}) AS found`;
  if (rows.every(({ id }) => locked.has(id))) return;
  throw new DomainError(
    'conflict',
    'changed_meanwhile',
    'Another change came between; read again and repeat.',
  );
}

/** What it lacks, from the first that has it. Identifiers are moved, not copied. */
async function fillFrom(ctx: Context, paper: PaperRow, duplicates: readonly PaperRow[]): Promise<void> {
  let filled = paper;
  for (const duplicate of duplicates) {
    const gaps = fillGaps(filled, toSource(duplicate), duplicate.incomplete);
    const data = paperColumns(gaps, presentPaperFields(filled));
    filled = await ctx.db.paper.update({ where: { id: paper.id }, data, include: withIdentifiers });
  }
}

function toSource(duplicate: PaperRow): PaperInput {
  const {
    identifiers: _all,
    arxivId: _arxivId,
    doi: _doi,
    status: _status,
    ...fields
  } = presentPaperFields(duplicate);
  return fields;
}

/** Of drafts and of live editions; whose text stays as it went out. */
async function moveUses(ctx: Context, id: string, from: readonly string[]): Promise<void> {
  const raised = await ctx.db.$queryRaw<{ id: string; newsletterId: string }[]>`
    UPDATE issues SET revision = revision + 1, updated_at = ${ctx.now}::timestamptz
    WHERE id = ANY (ARRAY (${draftsWith(from)}))
    RETURNING id, newsletter_id AS "newsletterId"`;
  await ctx.db.item.updateMany({ where: { paperId: { in: [...from] } }, data: { paperId: id } });
  await recordEvents(
    ctx,
    raised.map(({ id: issueId, newsletterId }) => ({
      type: 'issue.updated',
      ...{ issueId, newsletterId },
      subject: { kind: 'paper', id },
      details: { mergedPaperIds: [...from] },
    })),
  );
  const shown = await ctx.db.$queryRaw<{ id: string }[]>`
    WITH moved AS (
      UPDATE published_papers SET paper_id = ${id}::uuid WHERE paper_id = ANY(${from}::uuid[])
      RETURNING newsletter_id
    )
    SELECT DISTINCT newsletter_id AS id FROM moved`;
  await announceStale(ctx, [
    ...from.map((paper) => `paper:${paper}`),
    ...shown.map((newsletter) => `newsletter:${newsletter.id}`),
  ]);
}

async function moveIdentifiers(ctx: Context, id: string, from: readonly string[]): Promise<void> {
  await ctx.db.$executeRaw`
    UPDATE paper_identifiers SET paper_id = ${id}::uuid, position = moved.position
    FROM (
      SELECT scheme, value, (SELECT coalesce(max(position) + 1, 0) FROM paper_identifiers WHERE paper_id = ${id}::uuid)
        + row_number() OVER (ORDER BY array_position(${from}::uuid[], paper_id), position) - 1 AS position
      FROM paper_identifiers WHERE paper_id = ANY(${from}::uuid[])
    ) AS moved
    WHERE paper_identifiers.scheme = moved.scheme AND paper_identifiers.value = moved.value`;
  await ctx.db.mergedPaper.updateMany({ where: { paperId: { in: [...from] } }, data: { paperId: id } });
  await ctx.db.mergedPaper.createMany({
    data: from.map((old) => ({ id: old, paperId: id, mergedAt: ctx.now })),
  });
}

function recordMerge(ctx: Context, paper: PaperRow, duplicates: readonly PaperRow[]): Promise<void> {
  const merged = duplicates.map(({ id, title, identifiers }) => {
    return { id, title, identifiers: identifiers.map(schemeText) };
  });
  return recordPaper(ctx, 'paper.merged', paper, { merged });
}
