import { addressOf } from '../../papers/identifiers/identifier.ts';

export type Identified = { arxivId: string | null; doi: string | null };

/** The pages of a paper at doi.org and arXiv, as `[label, address]`. */
export function paperAddresses({ arxivId, doi }: Identified): [string, string][] {
  const doiAddress = doi === null ? null : addressOf({ scheme: 'doi', value: doi, version: null });
  const arxivAddress =
    arxivId === null ? null : addressOf({ scheme: 'arxiv', value: arxivId, version: null });
  return [
    ...(doiAddress === null ? [] : [[`doi:${doi}`, doiAddress] satisfies [string, string]]),
    ...(arxivAddress === null ? [] : [[`arXiv:${arxivId}`, arxivAddress] satisfies [string, string]]),
  ];
}
