import { toPointer } from '../../../errors.ts';
import {
  type Identifier,
  keyOf,
  parseIdentifier,
  readIdentifier,
  type Scheme,
} from '../identifiers/identifier.ts';
import type { PaperPatch } from '../record/schemas.ts';
import type { PlacedIdentifier } from './require-free.ts';

/** All identifiers that a paper has after the change, in order. Null: the input says nothing of them. */
export function placeIdentifiers(
  { identifiers, arxivId, doi }: Pick<PaperPatch, 'identifiers' | 'arxivId' | 'doi'>,
  present: readonly Identifier[],
): PlacedIdentifier[] | null {
  if (identifiers === undefined && arxivId === undefined && doi === undefined) return null;
  const given = (identifiers ?? []).flatMap((input, at) => {
    const one = readIdentifier(input);
    return one ? [{ ...one, pointer: toPointer(['identifiers', at]) }] : [];
  });
  const isWhole = identifiers !== undefined;
  const kept = isWhole ? given : present.map((one) => ({ ...one, pointer: '/identifiers' }));
  const withArxivId = putFirst(kept, 'arxiv', arxivId, '/arxivId', isWhole);
  return putFirst(withArxivId, 'doi', doi, '/doi', isWhole);
}

/** Null takes all of the scheme away. Otherwise it takes the place of the first, unless the whole list was given. */
function putFirst(
  list: PlacedIdentifier[],
  scheme: Scheme,
  spelled: string | null | undefined,
  pointer: string,
  isWhole: boolean,
): PlacedIdentifier[] {
  if (spelled === undefined) return list;
  if (spelled === null) return list.filter((one) => one.scheme !== scheme);
  const one = parseIdentifier(scheme === 'arxiv' && !spelled.includes(':') ? `arxiv:${spelled}` : spelled);
  if (one === null) return list;
  const known = list.find((other) => keyOf(other) === keyOf(one));
  // The DOI that arXiv gave says no more than the arXiv id.
  if (one.scheme !== scheme) return known ? list : [...list, { ...one, pointer }];
  const others = list.filter((other) => other !== known);
  const isReplaced = !isWhole && !known;
  const first = others.findIndex((other) => other.scheme === scheme);
  const rest = others.filter((_, at) => !isReplaced || at !== first);
  return [{ ...one, version: one.version ?? known?.version ?? null, pointer }, ...rest];
}
