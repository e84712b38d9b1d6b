import type { Context } from '../../../context.ts';
import { DomainError, type Fault, toPointer } from '../../../errors.ts';
import type { KeptSectionInput } from '../tree/section-schemas.ts';

/**
 * Requires that each id in the new tree belongs to a section or item of this issue and occurs only once.
 * Returns the anchors of the items that the issue has now, by item id.
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
    ...faultsOfIds(keptSections(sections), new Set(present.map((section) => section.id)), 'a section'),
    ...faultsOfIds(keptItems(sections), new Set(anchors.keys()), 'an item'),
  ];
  if (faults.length === 0) return anchors;
  throw new DomainError(
    'invalid',
    'unknown_id',
    'The tree contains ids that the issue does not have, or the same id twice.',
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
    const message = isRepeated ? 'occurs twice in the tree' : `must be the id of ${noun} of this issue`;
    return [{ pointer: toPointer(path), code: isRepeated ? 'repeated' : 'unknown', message }];
  });
}
