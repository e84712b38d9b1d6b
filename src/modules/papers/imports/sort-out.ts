import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../../context.ts';
import { type Fault, toPointer } from '../../../errors.ts';
import { keyOf } from '../identifiers/identifier.ts';
import type { PaperInput } from '../schemas.ts';
import { titleKey } from '../title-key.ts';
import type { Candidate } from './candidate.ts';
import { findByIdentifiers, findByTitles } from './find-known.ts';
import { isSameWork, type Traits, traitsOf } from './same-work.ts';

/** What is to be done with a candidate. */
export type Decision = { candidate: Candidate } & (
  | { outcome: 'created'; paperId: string; input: PaperInput; isIncomplete: boolean }
  | { outcome: 'matched'; paperId: string; input: PaperInput }
  | { outcome: 'refused'; faults: Fault[] }
);

/** What earlier candidates of the same import will have become, for a dry run that makes none of them. */
export type Planned = {
  byKey: Map<string, string>;
  byTitle: Map<string, (Traits & { id: string })[]>;
};

export function nothingPlanned(): Planned {
  return { byKey: new Map(), byTitle: new Map() };
}

export function addPlanned(planned: Planned, { byKey, byTitle }: Planned): void {
  for (const [key, id] of byKey) planned.byKey.set(key, id);
  for (const [key, works] of byTitle)
    planned.byTitle.set(key, [...(planned.byTitle.get(key) ?? []), ...works]);
}

/**
 * Decides in the order of the candidates; one that an earlier one of them makes is matched by a later. Answers with
 * what these will have become, too.
 */
export async function sortOut(
  ctx: Context,
  candidates: readonly Candidate[],
  planned: Planned,
): Promise<{ decisions: Decision[]; own: Planned }> {
  const own = nothingPlanned();
  const traits = candidates.map((candidate) => ('input' in candidate ? traitsOf(candidate.input) : null));
  const identifiers = traits.flatMap((known) => known?.identifiers ?? []);
  const titles = candidates.flatMap((candidate) =>
    'input' in candidate ? titleKey(candidate.input.title) : [],
  );
  const byKey = await findByIdentifiers(ctx, identifiers);
  const byTitle = await findByTitles(ctx, titles);
  for (const [key, id] of planned.byKey) if (!byKey.has(key)) byKey.set(key, id);

  const decisions = candidates.map((candidate, at): Decision => {
    const known = traits[at];
    if (!('input' in candidate) || !known) {
      return { candidate, outcome: 'refused', faults: 'faults' in candidate ? candidate.faults : [] };
    }
    return decide(candidate, known);
  });
  return { decisions, own };

  function decide(
    candidate: Candidate & { input: PaperInput; isIncomplete: boolean },
    known: Traits,
  ): Decision {
    const { input, isIncomplete } = candidate;
    const holders = holdersOf(known);
    if (holders.length > 1) return { candidate, outcome: 'refused', faults: [ofSeveral(holders)] };
    const matched = holders[0] ?? findSame(input, known);
    const paperId = matched ?? randomUUIDv7();
    remember(paperId, input, known, matched === undefined);
    return matched === undefined
      ? { candidate, outcome: 'created', paperId, input, isIncomplete }
      : { candidate, outcome: 'matched', paperId, input };
  }

  function holdersOf({ identifiers: named }: Traits): string[] {
    return [...new Set(named.flatMap((one) => byKey.get(keyOf(one)) ?? []))];
  }

  function findSame({ title }: PaperInput, known: Traits): string | undefined {
    const key = titleKey(title);
    const alike = [byTitle, planned.byTitle, own.byTitle].flatMap((works) => works.get(key) ?? []);
    const same = alike.filter((other) => isSameWork(known, other));
    return (same.find(({ year }) => year === known.year) ?? same[0])?.id;
  }

  function remember(id: string, { title }: PaperInput, known: Traits, isNew: boolean): void {
    for (const one of known.identifiers) {
      byKey.set(keyOf(one), id);
      own.byKey.set(keyOf(one), id);
    }
    const key = titleKey(title);
    if (isNew && key !== '') own.byTitle.set(key, [...(own.byTitle.get(key) ?? []), { ...known, id }]);
  }
}

function ofSeveral(paperIds: readonly string[]): Fault {
  return {
    pointer: toPointer(['identifiers']),
    code: 'identifiers_of_several',
    message: `has identifiers of several papers: ${paperIds.join(', ')}`,
    remedy: 'Merge them, then import it again.',
  };
}
