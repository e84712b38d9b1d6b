import { arxivIdOfDoi, doiOfArxivId, parseArxivId } from './arxiv-id.ts';
import { parseDoi } from './doi.ts';
import { pathOf } from './path-of.ts';

/** Identifiers are stored in one normalized spelling, so that a unique index finds every duplicate. */

export const SCHEMES = ['arxiv', 'doi', 'openreview', 'semanticscholar', 'address'] as const;
export type Scheme = (typeof SCHEMES)[number];

export type Identifier = {
  scheme: Scheme;
  value: string;
  /** Version of an arXiv id. All versions are the same work. */
  version: number | null;
};

/** The value may have any spelling. */
type NamedIdentifier = { scheme: Scheme; value: string; version?: number | null | undefined };

/**
 * Parses an identifier with a prefix (`doi:`), as a URL of the registry, or bare if that is unambiguous. Any other web
 * address has the scheme `address`. Returns null if the text is not an identifier.
 */
export function parseIdentifier(text: string): Identifier | null {
  const given = withScheme(text);
  return (
    parseArxiv(given) ??
    parseDoiScheme(given) ??
    parseOpenReview(given) ??
    parseSemanticScholar(given) ??
    parseAddress(given)
  );
}

/** Parses the input of the API: a text, or an object with scheme and value. */
export function readIdentifier(input: string | NamedIdentifier): Identifier | null {
  return parseIdentifier(typeof input === 'string' ? input : schemeText(input));
}

/** URLs of registries are often copied without `https://`. */
function withScheme(text: string): string {
  const given = text.trim();
  const isBare = /^(?:www\.|dx\.)?(?:doi\.org|arxiv\.org|openreview\.net|semanticscholar\.org)\//i.test(
    given,
  );
  return isBare ? `https://${given}` : given;
}

export function schemeText({ scheme, value, version = null }: NamedIdentifier): string {
  const versioned = scheme === 'arxiv' && version !== null ? `${value}v${version}` : value;
  return scheme === 'address' ? value : `${scheme}:${versioned}`;
}

/** Returns the URL of the paper. */
export function addressOf({ scheme, value, version }: Identifier): string {
  switch (scheme) {
    case 'arxiv':
      return `https://arxiv.org/abs/${encodePath(value)}${version === null ? '' : `v${version}`}`;
    case 'doi':
      return `https://doi.org/${encodePath(value)}`;
    case 'openreview':
      return `https://openreview.net/forum?id=${value}`;
    case 'semanticscholar':
      return value.startsWith('CorpusID:')
        ? `https://api.semanticscholar.org/${value}`
        : `https://www.semanticscholar.org/paper/${value}`;
    case 'address':
      return value;
  }
}

/** Returns the first arXiv id and DOI. Without a DOI of a publisher, the DOI that arXiv assigned is used. */
export function citedIdentifiers(identifiers: readonly Identifier[]) {
  const first = (scheme: Scheme) => identifiers.find((one) => one.scheme === scheme)?.value ?? null;
  const arxivId = first('arxiv');
  return { arxivId, doi: first('doi') ?? (arxivId === null ? null : doiOfArxivId(arxivId)) };
}

export function keyOf({ scheme, value }: Pick<Identifier, 'scheme' | 'value'>): string {
  return `${scheme}:${value}`;
}

function parseArxiv(text: string): Identifier | null {
  const found = parseArxivId(text);
  return found && { scheme: 'arxiv', value: found.id, version: found.version };
}

function parseDoiScheme(text: string): Identifier | null {
  const doi = parseDoi(text);
  if (doi === null) return null;
  const arxiv = arxivIdOfDoi(doi);
  return arxiv
    ? { scheme: 'arxiv', value: arxiv.id, version: arxiv.version }
    : { scheme: 'doi', value: doi, version: null };
}

/** OpenReview ids are case-sensitive. */
const OPENREVIEW =
  /^https?:\/\/(?:www\.)?openreview\.net\/(?:forum|pdf|attachment)\?(?:[^#]*&)?id=([\w-]{5,30})(?:[&#].*)?$/i;

function parseOpenReview(text: string): Identifier | null {
  const value = pathOf(text.trim(), OPENREVIEW) ?? /^openreview:\s*([\w-]{5,30})$/i.exec(text.trim())?.[1];
  return value ? { scheme: 'openreview', value, version: null } : null;
}

const SEMANTIC_SCHOLAR =
  /^https?:\/\/(?:www\.|api\.)?semanticscholar\.org\/(?:paper\/)?(?:[^/?#]+\/)?([0-9a-f]{40}|corpusid:\d{1,12})\/?(?:[?#].*)?$/i;
const SEMANTIC_SCHOLAR_PREFIXED = /^(?:s2|semanticscholar):\s*([0-9a-f]{40}|corpusid:\d{1,12})$/i;

function parseSemanticScholar(text: string): Identifier | null {
  const given = text.trim();
  const found =
    pathOf(given, SEMANTIC_SCHOLAR) ??
    SEMANTIC_SCHOLAR_PREFIXED.exec(given)?.[1] ??
    /^corpusid:\d{1,12}$/i.exec(given)?.[0];
  if (!found) return null;
  const value = found.toLowerCase().replace('corpusid:', 'CorpusID:');
  return { scheme: 'semanticscholar', value, version: null };
}

/** Query parameters for tracking visitors */
const TRACKING = /^(?:utm_\w+|fbclid|gclid)$/i;
const MAX_ADDRESS = 2_000;

/**
 * Normalizes the URL, so that spellings of the same page are equal: https, no `www.`, no tracking parameters, and no
 * fragment except the routes of single-page apps (`#/` and `#!`).
 */
function parseAddress(text: string): Identifier | null {
  const url = /^https?:\/\//i.test(text.trim()) ? URL.parse(text.trim()) : null;
  if (url === null || url.username !== '' || url.password !== '') return null;
  url.protocol = 'https:';
  url.hostname = url.hostname.replace(/^www\./, '');
  if (!/^#[!/]/.test(url.hash)) url.hash = '';
  for (const name of [...url.searchParams.keys()]) if (TRACKING.test(name)) url.searchParams.delete(name);
  const value = url.href.replace(/\/$/, '');
  return value.length > MAX_ADDRESS ? null : { scheme: 'address', value, version: null };
}

/** A DOI may contain any character except spaces. */
function encodePath(id: string): string {
  return id.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
