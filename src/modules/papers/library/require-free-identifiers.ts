import type { Context } from '../../../context.ts';
import { type CodeOf, DomainError, type Fault } from '../../../errors.ts';
import { type Identifier, keyOf } from '../identifiers/identifier.ts';

/** An identifier with the JSON pointer to it in the request body */
export type LocatedIdentifier = Identifier & { pointer: string };

/** Throws if other papers have some of the identifiers. The error names these identifiers and papers. */
export async function requireFreeIdentifiers(
  ctx: Context,
  identifiers: readonly LocatedIdentifier[],
  ownId: string | null,
): Promise<void> {
  if (identifiers.length === 0) return;
  const holders = await ctx.db.paperIdentifier.findMany({
    where: {
      OR: identifiers.map(({ scheme, value }) => ({ scheme, value })),
      ...(ownId === null ? {} : { paperId: { not: ownId } }),
    },
  });
  if (holders.length === 0) return;
  const holderOf = new Map(holders.map((holder) => [keyOf(holder), holder.paperId]));
  const taken = identifiers.filter((one) => holderOf.has(keyOf(one)));
  throw identifiersTaken(taken, [...new Set(holders.map(({ paperId }) => paperId))]);
}

type TakenNoun = { code: CodeOf<'conflict'>; noun: string };
const NOUNS = new Map<string, TakenNoun>([
  ['/arxivId', { code: 'arxiv_id_taken', noun: 'arXiv id' }],
  ['/doi', { code: 'doi_taken', noun: 'DOI' }],
]);
const OTHER_NOUN: TakenNoun = { code: 'identifier_taken', noun: 'identifier' };

function identifiersTaken(taken: readonly LocatedIdentifier[], paperIds: readonly string[]): DomainError {
  const faults = taken.map(({ pointer }): Fault => {
    return {
      pointer,
      code: 'taken',
      message: `must not be the ${(NOUNS.get(pointer) ?? OTHER_NOUN).noun} of another paper`,
      remedy: 'Use that paper, or merge the two papers.',
    };
  });
  const [first = { pointer: '' }] = taken;
  const { code, noun } = NOUNS.get(first.pointer) ?? OTHER_NOUN;
  return new DomainError(
    'conflict',
    code,
    `Another paper has this ${noun}; use that paper, or merge the two.`,
    {
      faults,
      paperIds,
    },
  );
}
