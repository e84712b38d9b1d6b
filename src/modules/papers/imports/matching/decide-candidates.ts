import { randomUUIDv7 } from 'node:crypto';
import type { Context } from '../../../../context.ts';
import { type Fault, toPointer } from '../../../../errors.ts';
import { mapYielding } from '../../../../lib/yield-to-event-loop.ts';
import { toAuthor } from '../../authors/authors.ts';
import { workKey } from '../../authors/work-key.ts';
import { keyOf } from '../../identifiers/identifier.ts';
import { findByIdentifiers, findByWorkKeys } from '../../library/find-known.ts';
import type { PaperInput } from '../../record/schemas.ts';
import type { Candidate } from './candidate.ts';
import { isSameWork, traitsOf } from './same-work.ts';
import { emptyWorks, type Works } from './works.ts';

/** The outcome of a candidate */
export type Decision = { candidate: Candidate } & (
  | { outcome: 'created'; paperId: string; input: PaperInput; isIncomplete: boolean }
  | { outcome: 'matched'; paperId: string; input: PaperInput; isIncomplete: boolean }
  | { outcome: 'refused'; faults: Fault[] }
);

type Readable = Extract<Candidate, { input: PaperInput }>;

/**
 * Decides the outcome of each candidate, in order. A candidate can match a paper that an earlier candidate creates. In a
 * dry run, `planned` has the papers that earlier batches would have created. `own` has the works that these candidates
 * create or extend.
 */
export async function decideCandidates(
  ctx: Context,
  candidates: readonly Candidate[],
  planned: Works,
): Promise<{ decisions: Decision[]; own: Works }> {
  const library = await findKnown(ctx, candidates.filter(isReadable));
  const own = emptyWorks();
  // A candidate is compared with all works of the same title.
  const decisions = await mapYielding(candidates, (candidate): Decision => {
    if (!isReadable(candidate)) return { candidate, outcome: 'refused', faults: candidate.faults };
    return decide(candidate, [library, planned, own], own);
  });
  return { decisions, own };
}

function isReadable(candidate: Candidate): candidate is Readable {
  return 'input' in candidate;
}

async function findKnown(ctx: Context, candidates: readonly Readable[]): Promise<Works> {
  const identifiers = candidates.flatMap(({ input }) => traitsOf(input).identifiers);
  return {
    byIdentifier: await findByIdentifiers(ctx, identifiers),
    byWork: await findByWorkKeys(
      ctx,
      candidates.map(({ input }) => keyOfWork(input)),
    ),
  };
}

function keyOfWork({ title, authors = [], venue = null, year = null }: PaperInput): string {
  return workKey({ title, authors: authors.slice(0, 1).map(toAuthor), venue, year });
}

function decide(candidate: Readable, known: readonly Works[], own: Works): Decision {
  const { input, isIncomplete } = candidate;
  const holders = holdersOf(input, known);
  if (holders.length > 1) return { candidate, outcome: 'refused', faults: [severalPapersFault(holders)] };
  const matched = holders[0] ?? findSame(input, known);
  const paperId = matched ?? randomUUIDv7();
  remember(own, paperId, input, matched === undefined);
  return { candidate, outcome: matched === undefined ? 'created' : 'matched', paperId, input, isIncomplete };
}

function holdersOf(input: PaperInput, known: readonly Works[]): string[] {
  const keys = traitsOf(input).identifiers.map(keyOf);
  return [
    ...new Set(keys.flatMap((key) => known.flatMap(({ byIdentifier }) => byIdentifier.get(key) ?? []))),
  ];
}

function findSame(input: PaperInput, known: readonly Works[]): string | undefined {
  const key = keyOfWork(input);
  const traits = traitsOf(input);
  const same = known
    .flatMap(({ byWork }) => byWork.get(key) ?? [])
    .filter((other) => isSameWork(traits, other));
  return (same.find(({ year }) => year === traits.year) ?? same[0])?.id;
}

function remember(own: Works, id: string, input: PaperInput, isNew: boolean): void {
  const traits = traitsOf(input);
  for (const one of traits.identifiers) own.byIdentifier.set(keyOf(one), id);
  const key = keyOfWork(input);
  if (isNew) own.byWork.set(key, [...(own.byWork.get(key) ?? []), { ...traits, id }]);
}

function severalPapersFault(paperIds: readonly string[]): Fault {
  return {
    pointer: toPointer(['identifiers']),
    code: 'identifiers_of_several',
    message: `must not have identifiers of several papers: ${paperIds.join(', ')}`,
    remedy: 'Merge these papers, then import the record again.',
  };
}
