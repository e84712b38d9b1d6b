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
  if (references.length === 0) return;
  const known = await findKnown(ctx, references);
  const faults: Fault[] = references
    .filter(({ kind, id }) => !known[kind].has(id))
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

/** The ids that exist, by what they are ids of: that of a person is none of a media. */
async function findKnown(
  ctx: Context,
  references: readonly Reference[],
): Promise<Record<Reference['kind'], ReadonlySet<string>>> {
  const query = (kind: Reference['kind']) => {
    const ids = new Set(references.filter((entry) => entry.kind === kind).map(({ id }) => id));
    return { where: { id: { in: [...ids] } }, select: { id: true } };
  };
  const idsOf = (rows: readonly { id: string }[]) => new Set(rows.map((row) => row.id));
  return {
    person: idsOf(await ctx.db.person.findMany(query('person'))),
    paper: idsOf(await ctx.db.paper.findMany(query('paper'))),
    media: idsOf(await ctx.db.media.findMany(query('media'))),
  };
}
