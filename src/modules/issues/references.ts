import type { Context } from '../../context.ts';
import { DomainError, type Fault, toPointer } from '../../errors.ts';

/** An id in the input, and where it stands there. */
export type Reference = { kind: 'person' | 'paper' | 'media'; id: string; path: readonly PropertyKey[] };

type Ided = {
  figures?: readonly { mediaId: string }[] | undefined;
  paperId?: string | null | undefined;
};
type Sectioned = { items?: readonly Ided[] | undefined };

export function referencesOfItem(item: Ided, path: readonly PropertyKey[] = []): Reference[] {
  const figures = (item.figures ?? []).map((figure, index) => ({
    kind: 'media' as const,
    id: figure.mediaId,
    path: [...path, 'figures', index, 'mediaId'],
  }));
  if (!item.paperId) return figures;
  return [...figures, { kind: 'paper', id: item.paperId, path: [...path, 'paperId'] }];
}

export function referencesOfSection(section: Sectioned, path: readonly PropertyKey[] = []): Reference[] {
  return (section.items ?? []).flatMap((item, index) => referencesOfItem(item, [...path, 'items', index]));
}

export function referencesOfSections(sections: readonly Sectioned[]): Reference[] {
  return sections.flatMap((section, index) => referencesOfSection(section, ['sections', index]));
}

export function referencesOfIssue(issue: {
  authorIds?: readonly string[] | undefined;
  cover?: { mediaId: string } | null | undefined;
}): Reference[] {
  const authors = (issue.authorIds ?? []).map((id, index) => ({
    kind: 'person' as const,
    id,
    path: ['authorIds', index],
  }));
  if (!issue.cover) return authors;
  return [...authors, { kind: 'media', id: issue.cover.mediaId, path: ['cover', 'mediaId'] }];
}

/** Refuses the input when it refers to a person, paper or media that does not exist, and names each. */
export async function requireReferences(ctx: Context, references: readonly Reference[]): Promise<void> {
  const known = await findKnown(ctx, references);
  const faults: Fault[] = references
    .filter((reference) => !known.has(reference.id))
    .map(({ kind, path }) => ({
      pointer: toPointer(path),
      code: `unknown_${kind}`,
      message: `there is no such ${kind}`,
    }));
  if (faults.length === 0) return;
  throw new DomainError('invalid', 'unknown_reference', 'The body refers to records that do not exist.', {
    faults,
  });
}

async function findKnown(ctx: Context, references: readonly Reference[]): Promise<Set<string>> {
  const ids = (kind: Reference['kind']) =>
    references.filter((entry) => entry.kind === kind).map(({ id }) => id);
  const query = (list: string[]) => ({ where: { id: { in: list } }, select: { id: true } });
  const [people, papers, media] = [ids('person'), ids('paper'), ids('media')];
  const rows = [
    people.length > 0 ? await ctx.db.person.findMany(query(people)) : [],
    papers.length > 0 ? await ctx.db.paper.findMany(query(papers)) : [],
    media.length > 0 ? await ctx.db.media.findMany(query(media)) : [],
  ];
  return new Set(rows.flat().map((row) => row.id));
}
