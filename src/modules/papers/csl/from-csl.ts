import type { z } from 'zod';
import type { CslItem, CslName } from '../../../bibliography/csl/csl.ts';
import { joinParticle } from '../../../bibliography/text/particles.ts';
import { parseOrcid } from '../authors/orcid.ts';
import { type Identifier, keyOf, parseIdentifier } from '../identifiers/identifier.ts';
import type { paperInput } from '../record/schemas.ts';
import { type Custom, readCustom } from './read-custom.ts';

export type FromCsl = {
  /** Not validated yet; see `paperInput` */
  input: z.input<typeof paperInput>;
  /** Variables that have no place in a paper */
  ignored: string[];
};

/** Converts a CSL-JSON item to a paper. `paperToCsl` is the inverse. */
export function paperFromCsl(item: CslItem): FromCsl {
  const {
    title = '',
    author = [],
    abstract,
    id: _id,
    DOI,
    URL,
    archive,
    archive_location,
    issued,
    custom,
    ...rest
  } = item;
  const { 'container-title': venue, ...variables } = rest;
  const { own, ignored } = readCustom(custom);
  const found = findIdentifiers(item, own);
  const year = readYear(issued);
  const isArxiv = isArxivArchive(item);
  const input = {
    title,
    authors: author.filter((name) => !isOthers(name)).map(toAuthorInput),
    hasMoreAuthors: author.some(isOthers),
    ...(year === null ? {} : { year }),
    ...(venue === undefined ? {} : { venue }),
    ...(abstract === undefined ? {} : { abstract }),
    identifiers: found.identifiers,
    ...(own.licence === undefined ? {} : { licence: own.licence }),
    ...(own.results === undefined ? {} : { results: own.results }),
    ...(own.statuses === undefined ? {} : { statuses: own.statuses }),
    links: [...(own.links ?? []), ...found.links],
    csl: {
      ...variables,
      ...(isArxiv ? {} : { archive, archive_location }),
      ...(isYearAlone(issued, year) ? {} : { issued }),
      bibtex: own.bibtex,
    },
  };
  return { input: withoutUndefined(input), ignored: [...found.ignored, ...ignored] };
}

function isOthers({ literal, family, given }: CslName): boolean {
  return literal === 'others' && family === undefined && given === undefined;
}

function toAuthorInput(name: CslName) {
  const orcid = name.ORCID === undefined ? null : parseOrcid(name.ORCID);
  const known = orcid === null ? {} : { orcid };
  if (name.literal !== undefined) return { name: name.literal, isOrganization: true, ...known };
  const { 'dropping-particle': dropping = '', 'non-dropping-particle': particle = '' } = name;
  const family = joinParticle(particle, name.family ?? '').trim();
  const given = (name.given ?? '').trim();
  const suffix = name.suffix === undefined ? {} : { suffix: name.suffix };
  if (family === '' || (given === '' && !name.suffix))
    return { name: joinParticle(dropping, family || given), ...known };
  // A paper keeps the particle that styles move behind the given name as its last word.
  const whole = dropping === '' ? given : `${given} ${dropping}`.trim();
  return { family, ...(whole === '' ? {} : { given: whole }), ...suffix, ...known };
}

function readYear(issued: CslItem['issued']): number | null {
  const year = issued?.['date-parts']?.[0]?.[0];
  return year !== undefined && year >= 1500 && year <= 2200 ? year : null;
}

/** Whether the date consists of the year alone. */
function isYearAlone(issued: CslItem['issued'], year: number | null): boolean {
  if (issued === undefined) return true;
  const { 'date-parts': parts = [], literal, circa } = issued;
  return year !== null && parts.length === 1 && parts[0]?.length === 1 && literal === undefined && !circa;
}

function isArxivArchive({ archive, archive_location: place }: CslItem): boolean {
  return archive?.toLowerCase() === 'arxiv' && parseIdentifier(`arxiv:${place}`)?.scheme === 'arxiv';
}

/** A URL outside the registries becomes a link. It also becomes an identifier if the work has no other. */
function findIdentifiers(item: CslItem, { identifiers: further = [], links = [] }: Custom) {
  const { DOI, archive_location } = item;
  const url = links.some((link) => link.url === item.URL) ? undefined : item.URL;
  const doi = DOI === undefined ? null : parseIdentifier(DOI.includes('doi') ? DOI : `doi:${DOI}`);
  const page = url === undefined ? null : parseIdentifier(url);
  const isPage = page?.scheme === 'address';
  const spelled = [
    ...(isArxivArchive(item) ? [`arxiv:${archive_location}`] : []),
    ...(doi && doi.scheme !== 'address' && DOI ? [DOI] : []),
    ...further,
    ...(page && !isPage && url ? [url] : []),
  ];
  const identifiers = distinct(spelled.length > 0 || !page || !url ? spelled : [url]);
  // Also kept as a link: without its slash or `www.`, the normalized URL may not work.
  const isLink =
    isPage && url !== undefined && !names(spelled, page) && (spelled.length > 0 || page.value !== url);
  return {
    identifiers,
    links: isLink ? [{ label: hostOf(url), url, rel: 'paper' as const }] : [],
    ignored: DOI !== undefined && doi === null ? ['DOI'] : [],
  };
}

function names(spelled: readonly string[], identifier: Identifier): boolean {
  const parsed = spelled.map(parseIdentifier).filter((one) => one !== null);
  return parsed.some((one) => keyOf(one) === keyOf(identifier));
}

function distinct(spelled: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const text of spelled) {
    const found = parseIdentifier(text);
    if (found && !byKey.has(keyOf(found))) byKey.set(keyOf(found), text);
  }
  return [...byKey.values()];
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '').slice(0, 100);
}

function withoutUndefined<T extends { csl: object }>(input: T): T {
  const csl = Object.fromEntries(Object.entries(input.csl).filter(([, value]) => value !== undefined));
  return { ...input, csl };
}
