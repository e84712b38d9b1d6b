import type { Context } from '../../../context.ts';
import { DomainError, type Fault, toPointer } from '../../../errors.ts';
import type { ContentSectionInput } from '../tree/section-schemas.ts';

/**
 * Throws if an id in the new tree does not belong to a section or item of this issue, or occurs twice.
 * Returns the anchors of the issue's current items, by item id.
 */
export async function requireIdsOfIssue(
  ctx: Context,
  issueId: string,
  sections: readonly ContentSectionInput[],
): Promise<Map<string, string | null>> {
  const present = await ctx.db.section.findMany({
    where: { issueId },
    select: { id: true, items: { select: { id: true, anchor: true } } },
  });
  const anchors = new Map(present.flatMap((section) => section.items.map((item) => [item.id, item.anchor])));
  const faults = [
    ...faultsOfIds(idsOfSections(sections), new Set(present.map((section) => section.id)), 'a section'),
    ...faultsOfIds(idsOfItems(sections), new Set(anchors.keys()), 'an item'),
  ];
  if (faults.length === 0) return anchors;
  throw new DomainError(
    'invalid',
    'unknown_id',
    'The tree contains an id that the issue does not have, or the same id twice.',
    {
      faults,
    },
  );
}

type GivenId = { id: string | undefined; path: PropertyKey[] };

function idsOfSections(sections: readonly ContentSectionInput[]): GivenId[] {
  return sections.map(({ id }, index) => ({ id, path: ['sections', index, 'id'] }));
}

function idsOfItems(sections: readonly ContentSectionInput[]): GivenId[] {
  return sections.flatMap((section, at) =>
    (section.items ?? []).map(({ id }, index) => ({ id, path: ['sections', at, 'items', index, 'id'] })),
  );
}

function faultsOfIds(given: readonly GivenId[], present: ReadonlySet<string>, noun: string): Fault[] {
  const seen = new Set<string>();
  return given.flatMap(({ id, path }) => {
    if (id === undefined) return [];
    const isRepeated = seen.has(id);
    seen.add(id);
    if (present.has(id) && !isRepeated) return [];
    const message = isRepeated ? 'occurs twice in the tree' : `must be the id of ${noun} of this issue`;
    return [{ pointer: toPointer(path), code: isRepeated ? 'repeated' : 'unknown', message }];
  });
}
