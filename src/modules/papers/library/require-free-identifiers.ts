import type { Context } from '../../../context.ts';
import { type CodeOf, DomainError, type Fault } from '../../../errors.ts';
import { type Identifier, keyOf } from '../identifiers/identifier.ts';

/** An identifier, and the JSON pointer to it in the input. */
export type LocatedIdentifier = Identifier & { pointer: string };

/** Refuses identifiers that another paper has, and names each of them and the papers that have them. */
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

type Words = { code: CodeOf<'conflict'>; noun: string };
const WORDS = new Map<string, Words>([
  ['/arxivId', { code: 'arxiv_id_taken', noun: 'arXiv id' }],
  ['/doi', { code: 'doi_taken', noun: 'DOI' }],
]);
const OTHER_WORDS: Words = { code: 'identifier_taken', noun: 'identifier' };

function identifiersTaken(taken: readonly LocatedIdentifier[], paperIds: readonly string[]): DomainError {
  const faults = taken.map(({ pointer }): Fault => {
    return {
      pointer,
      code: 'taken',
      message: `another paper has this ${(WORDS.get(pointer) ?? OTHER_WORDS).noun}`,
      remedy: 'Use that paper, or merge the two.',
    };
  });
  const [first = { pointer: '' }] = taken;
  const { code, noun } = WORDS.get(first.pointer) ?? OTHER_WORDS;
  return new DomainError('conflict', code, `Not unique: another paper has this ${noun}.`, {
    faults,
    paperIds,
  });
}
