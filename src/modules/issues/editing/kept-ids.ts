import type { Context } from '../../../context.ts';
import { DomainError, type Fault, toPointer } from '../../../errors.ts';
import type { KeptSectionInput } from '../tree/section-schemas.ts';

/**
 * An id in the tree must be that of a section or item that this issue has, and stand there once.
 * Answers with the anchors of the items that are there, by id.
 */
export async function requireKeptIds(
  ctx: Context,
  issueId: string,
  sections: readonly KeptSectionInput[],
): Promise<Map<string, string | null>> {
  const present = await ctx.db.section.findMany({
    where: { issueId },
    select: { id: true, items: { select: { id: true, anchor: true } } },
  });
  const anchors = new Map(present.flatMap((section) => section.items.map((item) => [item.id, item.anchor])));
  const faults = [
    ...faultsOfIds(keptSections(sections), new Set(present.map((section) => section.id)), 'section'),
    ...faultsOfIds(keptItems(sections), new Set(anchors.keys()), 'item'),
  ];
  if (faults.length === 0) return anchors;
  throw new DomainError(
    'invalid',
    'unknown_id',
    'The tree names ids that are not in the issue, or one twice.',
    {
      faults,
    },
  );
}

type Kept = { id: string | undefined; path: PropertyKey[] };

function keptSections(sections: readonly KeptSectionInput[]): Kept[] {
  return sections.map(({ id }, index) => ({ id, path: ['sections', index, 'id'] }));
}

function keptItems(sections: readonly KeptSectionInput[]): Kept[] {
  return sections.flatMap((section, at) =>
    (section.items ?? []).map(({ id }, index) => ({ id, path: ['sections', at, 'items', index, 'id'] })),
  );
}

function faultsOfIds(kept: readonly Kept[], present: ReadonlySet<string>, noun: string): Fault[] {
  const seen = new Set<string>();
  return kept.flatMap(({ id, path }) => {
    if (id === undefined) return [];
    const isRepeated = seen.has(id);
    seen.add(id);
    if (present.has(id) && !isRepeated) return [];
    const message = isRepeated ? 'stands twice in the tree' : `the issue has no such ${noun}`;
    return [{ pointer: toPointer(path), code: isRepeated ? 'repeated' : 'unknown', message }];
  });
}
