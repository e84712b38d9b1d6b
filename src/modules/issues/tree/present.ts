import { z } from 'zod';
import type { Edition, Figure, Publication } from '../../../database/generated/client.ts';
import { type Credit, credit } from '../../media/record/credit-schemas.ts';
import { itemLink } from './item-schemas.ts';
import type { IssueListing, IssueTree, ItemTree, SectionTree } from './load-issue.ts';

const links = z.array(itemLink);
const nullableCredit = credit.nullable();

export function presentIssue(issue: IssueTree) {
  const { intro, signOff } = issue;
  return { ...presentSummary(issue), intro, signOff, sections: issue.sections.map(presentSection) };
}

/** An issue without its texts and tree. */
export function presentSummary(issue: IssueListing) {
  const { id, newsletterId, number, slug, title, subtitle, tags, status, revision } = issue;
  return {
    ...{ id, newsletterId, number, slug, title, subtitle, tags, status, revision },
    coverage: presentCoverage(issue),
    authorIds: issue.authors.map((author) => author.personId),
    cover: issue.figures.filter(({ place }) => place === 'cover').map(presentFigure)[0] ?? null,
    schedule: presentSchedule(issue),
    publication: issue.publication ? presentPublication(issue.publication, revision) : null,
    createdAt: issue.createdAt.toISOString(),
    updatedAt: issue.updatedAt.toISOString(),
  };
}

export function presentSection({ id, title, emoji, intro, items }: SectionTree) {
  return { id, title, emoji, intro, items: items.map(presentItem) };
}

export function presentItem({ id, kind, title, body, tags, paperId, ...item }: ItemTree) {
  return {
    ...{ id, kind, title, body, tags, paperId },
    links: parseLinks(item.links),
    figures: item.figures.filter(({ place }) => place === 'item').map(presentFigure),
  };
}

export function presentFigure({ mediaId, alt, caption, credit }: Figure) {
  return { mediaId, alt, caption, credit: parseCredit(credit) };
}

export function parseLinks(column: unknown): z.infer<typeof itemLink>[] {
  return links.parse(column);
}

export function parseCredit(column: unknown): Credit | null {
  return nullableCredit.parse(column);
}

export function presentCoverage(issue: { coverageFrom: Date | null; coverageTo: Date | null }) {
  if (!issue.coverageFrom || !issue.coverageTo) return null;
  return { from: toDay(issue.coverageFrom), to: toDay(issue.coverageTo) };
}

/** Prisma reads a date column as midnight UTC. */
function toDay(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function presentSchedule({ scheduledAt, scheduledLocal, scheduledTimeZone }: IssueListing) {
  if (!scheduledAt || !scheduledLocal || !scheduledTimeZone) return null;
  return { at: scheduledAt.toISOString(), local: scheduledLocal, timeZone: scheduledTimeZone };
}

type LiveEdition = Publication & { edition: Pick<Edition, 'id' | 'version' | 'revision' | 'publishedAt'> };

function presentPublication({ publishedAt, edition }: LiveEdition, revision: number) {
  return {
    editionId: edition.id,
    edition: edition.version,
    publishedAt: publishedAt.toISOString(),
    updatedAt: edition.publishedAt.toISOString(),
    hasUnpublishedChanges: edition.revision !== revision,
  };
}
