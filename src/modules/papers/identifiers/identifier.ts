import { arxivIdOfDoi, doiOfArxivId, parseArxivId } from './arxiv-id.ts';
import { parseDoi } from './doi.ts';
import { pathOf } from './path-of.ts';

/** The many spellings of an identifier, each brought to the one that is stored: then unique means unique. */

export const SCHEMES = ['arxiv', 'doi', 'openreview', 'semanticscholar', 'address'] as const;
export type Scheme = (typeof SCHEMES)[number];

export type Identifier = {
  scheme: Scheme;
  value: string;
  /** Of an arXiv id that was given with one; it tells no two works apart. */
  version: number | null;
};

/** With its value in any spelling. */
type NamedIdentifier = { scheme: Scheme; value: string; version?: number | null | undefined };

/**
 * With a prefix (`doi:`), as an address of the site, or bare where that is clear. Null: none that is known; any
 * other web address is one of the scheme `address`.
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

/** One that is spelled in full, or named by its scheme. */
export function readIdentifier(input: string | NamedIdentifier): Identifier | null {
  return parseIdentifier(typeof input === 'string' ? input : schemeText(input));
}

/** Addresses of registries are often copied without it. */
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

/** Where it leads. */
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

/** The first of each kind. A paper at arXiv has a DOI from there, unless a publisher gave it another. */
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

/** Their case counts. */
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

/** What sites count their visitors by. */
const TRACKING = /^(?:utm_\w+|fbclid|gclid)$/i;
const MAX_ADDRESS = 2_000;

/** Of spellings that lead to the same page one: https, a host without `www.`, no fragment but that of an app, no tracking. */
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

/** A DOI may hold anything but spaces. */
function encodePath(id: string): string {
  return id.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
