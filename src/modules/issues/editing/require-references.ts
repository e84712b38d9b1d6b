import type { Context } from '../../../context.ts';
import { type Fault, toPointer, unknownReference } from '../../../errors.ts';
import { findImageFaults } from '../../media/library/image-faults.ts';
import { findMergedPapers, findPaperIds } from '../../papers/library/find-paper-ids.ts';
import { findPersonIds } from '../../people/person.ts';

/** An id in the input, and its path there. */
export type Reference = { kind: 'person' | 'paper' | 'media'; id: string; path: readonly PropertyKey[] };

type ItemReferences = {
  figures?: readonly { mediaId: string }[] | undefined;
  paperId?: string | null | undefined;
};
type SectionReferences = { items?: readonly ItemReferences[] | undefined };

export function referencesOfItem(item: ItemReferences, path: readonly PropertyKey[] = []): Reference[] {
  const figures = (item.figures ?? []).map((figure, index) => ({
    kind: 'media' as const,
    id: figure.mediaId,
    path: [...path, 'figures', index, 'mediaId'],
  }));
  if (!item.paperId) return figures;
  return [...figures, { kind: 'paper', id: item.paperId, path: [...path, 'paperId'] }];
}

export function referencesOfSection(
  section: SectionReferences,
  path: readonly PropertyKey[] = [],
): Reference[] {
  return (section.items ?? []).flatMap((item, index) => referencesOfItem(item, [...path, 'items', index]));
}

export function referencesOfSections(sections: readonly SectionReferences[]): Reference[] {
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

/**
 * Throws if the input refers to a person, paper or media file that does not exist, or to a figure that is not an image.
 * The error lists every such reference.
 */
export async function requireReferences(ctx: Context, references: readonly Reference[]): Promise<void> {
  if (references.length === 0) return;
  const faultsByKind = await findFaults(ctx, references);
  const faults = references.flatMap(({ kind, id, path }) => {
    const fault = faultsByKind[kind].get(id);
    return fault ? [{ pointer: toPointer(path), ...fault }] : [];
  });
  if (faults.length > 0) throw unknownReference(faults);
}

type FaultsById = ReadonlyMap<string, Omit<Fault, 'pointer'>>;

async function findFaults(
  ctx: Context,
  references: readonly Reference[],
): Promise<Record<Reference['kind'], FaultsById>> {
  const idsOf = (kind: Reference['kind']) => [
    ...new Set(references.filter((entry) => entry.kind === kind).map(({ id }) => id)),
  ];
  const people = idsOf('person');
  const knownPeople = await findPersonIds(ctx, people);
  return {
    person: faultsOfUnknownIds('person', people, knownPeople),
    paper: await findPaperFaults(ctx, idsOf('paper')),
    media: await findImageFaults(ctx, idsOf('media')),
  };
}

async function findPaperFaults(ctx: Context, ids: string[]): Promise<FaultsById> {
  const unknown = faultsOfUnknownIds('paper', ids, await findPaperIds(ctx, ids));
  if (unknown.size === 0) return unknown;
  const merged = await findMergedPapers(ctx, [...unknown.keys()]);
  const faults = merged.map(({ id, paperId }): [string, Omit<Fault, 'pointer'>] => [
    id,
    {
      code: 'paper_merged',
      message: `refers to a paper that was merged into ${paperId}`,
      remedy: `Use ${paperId} instead.`,
    },
  ]);
  return new Map([...unknown, ...faults]);
}

function faultsOfUnknownIds(noun: string, ids: readonly string[], knownIds: readonly string[]): FaultsById {
  const known = new Set(knownIds);
  const fault = { code: `unknown_${noun}`, message: `refers to a ${noun} that does not exist` };
  return new Map(ids.filter((id) => !known.has(id)).map((id) => [id, fault]));
}
