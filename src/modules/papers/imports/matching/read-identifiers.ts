import { z } from 'zod';
import type { Context } from '../../../../context.ts';
import { checkItem } from '../../csl/check-item.ts';
import { type Identifier, keyOf, parseIdentifier, readIdentifier } from '../../identifiers/identifier.ts';
import { placeholderTitle } from '../../library/fill-gaps.ts';
import { findByIdentifiers } from '../../library/find-known.ts';
import type { LookUpAnswer, MetadataClient } from '../../metadata/metadata-client.ts';
import { toRegistryIdentifier } from '../../metadata/registry/registry-identifier.ts';
import type { PaperInput } from '../../record/schemas.ts';
import type { Candidate } from './candidate.ts';

export const identifierList = z.array(z.string());

type Place = Pick<Candidate, 'position' | 'line' | 'key'>;

/**
 * Makes a candidate from each identifier, beginning at index `start`: with the metadata of a registry, or an incomplete
 * paper if the registries are unavailable. Identifiers of existing papers are not looked up.
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
  const wanted = parsed.flatMap((one) =>
    one && !known.has(keyOf(one)) ? (toRegistryIdentifier(one) ?? []) : [],
  );
  const found = await client.lookUp(ctx, wanted, signal);
  return spelled.map((text, at) => {
    const place = { position: start + at + 1, line: start + at + 1, key: text.slice(0, 300) };
    const identifier = parsed[at] ?? null;
    return identifier === null
      ? notAnIdentifier(place)
      : toCandidate(place, identifier, found.get(keyOf(identifier)));
  });
}

function toCandidate(place: Place, identifier: Identifier, found: LookUpAnswer | undefined): Candidate {
  if (found?.outcome === 'unknown') return unknownAtRegistry(place, identifier);
  if (found?.outcome !== 'found')
    return { ...place, ignored: [], isIncomplete: true, input: paperWithIdentifier(identifier) };
  const checked = checkItem(found.item);
  return 'input' in checked
    ? { ...place, ...checked, isIncomplete: false, input: withIdentifier(checked.input, identifier) }
    : { ...place, ...checked };
}

/** A paper of which only the identifier is known. */
function paperWithIdentifier(identifier: Identifier): PaperInput {
  return { title: placeholderTitle(identifier), identifiers: [identifier] };
}

/** The metadata of the registry may not contain the identifier that was looked up. */
function withIdentifier(input: PaperInput, identifier: Identifier): PaperInput {
  const { identifiers = [] } = input;
  const others = identifiers.filter((one) => {
    const parsed = readIdentifier(one);
    return parsed !== null && keyOf(parsed) !== keyOf(identifier);
  });
  return { ...input, identifiers: [identifier, ...others] };
}

function notAnIdentifier(place: Place): Candidate {
  const message = 'must be an arXiv id, a DOI, an OpenReview id, a Semantic Scholar id or a web address';
  return { ...place, ignored: [], title: null, faults: [{ pointer: '', code: 'no_identifier', message }] };
}

function unknownAtRegistry(place: Place, { scheme }: Identifier): Candidate {
  const registries =
    scheme === 'arxiv' ? 'does not exist at arXiv' : 'does not exist at Crossref or DataCite';
  return {
    ...place,
    ignored: [],
    title: null,
    faults: [{ pointer: '', code: 'unknown_identifier', message: registries }],
  };
}
