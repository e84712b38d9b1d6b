import { toPointer } from '../../../errors.ts';
import {
  type Identifier,
  keyOf,
  parseIdentifier,
  readIdentifier,
  type Scheme,
} from '../identifiers/identifier.ts';
import type { PaperPatch } from '../record/schemas.ts';
import type { LocatedIdentifier } from './require-free-identifiers.ts';

type IdentifierFields = Pick<PaperPatch, 'identifiers' | 'arxivId' | 'doi'>;

/** Returns the patch with `identifiers` as the complete list after the change, normalized and in order. */
export function resolvePatch<P extends PaperPatch>(
  patch: P,
  present: readonly Identifier[],
): Omit<P, keyof IdentifierFields> & { identifiers?: LocatedIdentifier[] } {
  const { identifiers, arxivId, doi, ...fields } = patch;
  const resolved = resolveIdentifiers({ identifiers, arxivId, doi }, present);
  return resolved === null ? fields : { ...fields, identifiers: resolved };
}

/** Returns null if the patch does not change the identifiers. */
function resolveIdentifiers(
  { identifiers, arxivId, doi }: IdentifierFields,
  present: readonly Identifier[],
): LocatedIdentifier[] | null {
  if (identifiers === undefined && arxivId === undefined && doi === undefined) return null;
  const given = (identifiers ?? []).flatMap((input, at) => {
    const one = readIdentifier(input);
    return one ? [{ ...one, pointer: toPointer(['identifiers', at]) }] : [];
  });
  const isFullList = identifiers !== undefined;
  const kept = isFullList ? given : present.map((one) => ({ ...one, pointer: '/identifiers' }));
  const withArxivId = putFirst(kept, 'arxiv', arxivId, '/arxivId', isFullList);
  return putFirst(withArxivId, 'doi', doi, '/doi', isFullList);
}

/**
 * Makes `spelled` the first identifier of its scheme. It replaces the previous first one, unless the patch has the full
 * list. Null removes all identifiers of the scheme.
 */
function putFirst(
  list: LocatedIdentifier[],
  scheme: Scheme,
  spelled: string | null | undefined,
  pointer: string,
  isFullList: boolean,
): LocatedIdentifier[] {
  if (spelled === undefined) return list;
  if (spelled === null) return list.filter((one) => one.scheme !== scheme);
  const one = parseIdentifier(scheme === 'arxiv' && !spelled.includes(':') ? `arxiv:${spelled}` : spelled);
  if (one === null) return list;
  const known = list.find((other) => keyOf(other) === keyOf(one));
  // A DOI registered by arXiv is parsed as an arXiv id.
  if (one.scheme !== scheme) return known ? list : [...list, { ...one, pointer }];
  const others = list.filter((other) => other !== known);
  const isReplaced = !isFullList && !known;
  const first = others.findIndex((other) => other.scheme === scheme);
  const rest = others.filter((_, at) => !isReplaced || at !== first);
  return [{ ...one, version: one.version ?? known?.version ?? null, pointer }, ...rest];
}
