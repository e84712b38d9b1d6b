import type { Context } from '../../../context.ts';
import { type Fault, toPointer, unknownReference } from '../../../errors.ts';
import { findImageFaults } from '../../media/library/image-faults.ts';
import { findMergedPapers, findPaperIds } from '../../papers/library/find-paper-ids.ts';
import { findPersonIds } from '../../people/person.ts';

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

/**
 * Refuses the input when it refers to a person, paper or media that does not exist, or shows a media that is
 * no image, and names each.
 */
export async function requireReferences(ctx: Context, references: readonly Reference[]): Promise<void> {
  if (references.length === 0) return;
  const wrong = await findWrong(ctx, references);
  const faults = references.flatMap(({ kind, id, path }) => {
    const fault = wrong[kind].get(id);
    return fault ? [{ pointer: toPointer(path), ...fault }] : [];
  });
  if (faults.length > 0) throw unknownReference(faults);
}

type FaultsById = ReadonlyMap<string, Omit<Fault, 'pointer'>>;

/** By what they are ids of: that of a person is none of a media. */
async function findWrong(
  ctx: Context,
  references: readonly Reference[],
): Promise<Record<Reference['kind'], FaultsById>> {
  const idsOf = (kind: Reference['kind']) => [
    ...new Set(references.filter((entry) => entry.kind === kind).map(({ id }) => id)),
  ];
  const people = idsOf('person');
  const knownPeople = await findPersonIds(ctx, people);
  return {
    person: unknownOf('person', people, knownPeople),
    paper: await findWrongPapers(ctx, idsOf('paper')),
    media: await findImageFaults(ctx, idsOf('media')),
  };
}

async function findWrongPapers(ctx: Context, ids: string[]): Promise<FaultsById> {
  const unknown = unknownOf('paper', ids, await findPaperIds(ctx, ids));
  if (unknown.size === 0) return unknown;
  const merged = await findMergedPapers(ctx, [...unknown.keys()]);
  const faults = merged.map(({ id, paperId }): [string, Omit<Fault, 'pointer'>] => [
    id,
    { code: 'paper_merged', message: `was merged into ${paperId}`, remedy: 'Name that one.' },
  ]);
  return new Map([...unknown, ...faults]);
}

function unknownOf(
  noun: 'person' | 'paper',
  ids: readonly string[],
  knownIds: readonly string[],
): FaultsById {
  const known = new Set(knownIds);
  const fault = { code: `unknown_${noun}` as const, message: `there is no such ${noun}` };
  return new Map(ids.filter((id) => !known.has(id)).map((id) => [id, fault]));
}
