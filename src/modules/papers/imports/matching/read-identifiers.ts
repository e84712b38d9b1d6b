import { z } from 'zod';
import type { Context } from '../../../../context.ts';
import { checkItem } from '../../csl/check-item.ts';
import { type Identifier, keyOf, parseIdentifier, schemeText } from '../../identifiers/identifier.ts';
import { placeholderTitle } from '../../library/fill-gaps.ts';
import { findByIdentifiers } from '../../library/find-known.ts';
import type { Found, MetadataClient } from '../../metadata/metadata-client.ts';
import { toWanted } from '../../metadata/registry/wanted.ts';
import type { PaperInput } from '../../record/schemas.ts';
import type { Candidate } from './candidate.ts';

export const identifierList = z.array(z.string());

type Place = Pick<Candidate, 'position' | 'line' | 'key'>;

/**
 * A candidate for each, from `start` on (from 0): what the registries say of it, or an incomplete paper where they
 * cannot be asked now. Nobody is asked about what the library has already.
 */
export async function readIdentifiers(
  ctx: Context,
  client: MetadataClient,
  spelled: readonly string[],
  start: number,
  signal: AbortSignal,
): Promise<Candidate[]> {
  const parsed = spelled.map(parseIdentifier);
  const known = await findByIdentifiers(
    ctx,
    parsed.flatMap((one) => one ?? []),
  );
  const wanted = parsed.flatMap((one) => (one && !known.has(keyOf(one)) ? (toWanted(one) ?? []) : []));
  const found = await client.lookUp(ctx, wanted, signal);
  return spelled.map((text, at) => {
    const place = { position: start + at + 1, line: start + at + 1, key: text.slice(0, 300) };
    const identifier = parsed[at] ?? null;
    return identifier === null ? notOne(place) : toCandidate(place, identifier, found.get(keyOf(identifier)));
  });
}

function toCandidate(place: Place, identifier: Identifier, found: Found | undefined): Candidate {
  if (found?.outcome === 'unknown') return unknownTo(place, identifier);
  if (found?.outcome !== 'found')
    return { ...place, ignored: [], isIncomplete: true, input: bare(identifier) };
  const checked = checkItem(found.item);
  return 'input' in checked
    ? { ...place, ...checked, isIncomplete: false, input: withIdentifier(checked.input, identifier) }
    : { ...place, ...checked };
}

/** What is known of it by its identifier alone. */
function bare(identifier: Identifier): PaperInput {
  return { title: placeholderTitle(identifier), identifiers: [identifier] };
}

/** Also where the registry does not repeat it. */
function withIdentifier(input: PaperInput, identifier: Identifier): PaperInput {
  const { identifiers = [] } = input;
  const others = identifiers.filter((one) => {
    const parsed = parseIdentifier(typeof one === 'string' ? one : schemeText(one));
    return parsed !== null && keyOf(parsed) !== keyOf(identifier);
  });
  return { ...input, identifiers: [identifier, ...others] };
}

function notOne(place: Place): Candidate {
  const message = 'is no arXiv id, DOI, OpenReview or Semantic Scholar id and no web address';
  return { ...place, ignored: [], title: null, faults: [{ pointer: '', code: 'no_identifier', message }] };
}

function unknownTo(place: Place, { scheme }: Identifier): Candidate {
  const registries = scheme === 'arxiv' ? 'arXiv does not know it' : 'neither Crossref nor DataCite knows it';
  return {
    ...place,
    ignored: [],
    title: null,
    faults: [{ pointer: '', code: 'unknown_identifier', message: registries }],
  };
}
