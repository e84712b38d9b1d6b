import type { BibtexDetails } from '../../../bibliography/csl/bibtex-details.ts';
import type { CslDate, CslDetails, CslItem, CslName, CslType } from '../../../bibliography/csl/csl.ts';
import { OTHERS } from '../../../bibliography/csl/csl.ts';
import { isPdf } from '../../../bibliography/csl/custom.ts';
import { isArxiv } from '../../../bibliography/text/arxiv.ts';
import { type Author, partsOf } from '../authors/authors.ts';
import { doiOfArxivId } from '../identifiers/arxiv-id.ts';
import { addressOf, type Identifier, keyOf, parseIdentifier, schemeText } from '../identifiers/identifier.ts';

/** The fields that readers see. Older editions lack some of them. */
export type CitedPaper = {
  title: string;
  authors: readonly Author[];
  year: number | null;
  venue: string | null;
  abstract: string | null;
  arxivId: string | null;
  doi: string | null;
  links: readonly { label: string; url: string; rel: string }[];
  hasMoreAuthors?: boolean | undefined;
  identifiers?: readonly Identifier[] | undefined;
  licence?: string | null | undefined;
  results?: readonly object[] | undefined;
  statuses?: readonly object[] | undefined;
  csl?: (CslDetails & { bibtex?: BibtexDetails | undefined }) | undefined;
};

/** Converts a paper to a CSL-JSON item. `paperFromCsl` is the inverse. */
export function paperToCsl(paper: CitedPaper): CslItem {
  const { title, authors, hasMoreAuthors = false, venue, abstract } = paper;
  const { bibtex, ...csl } = paper.csl ?? {};
  const identifiers = identifiersOf(paper);
  const type = csl.type ?? guessType(paper);
  const named = nameIdentifiers(identifiers, csl, type);
  return {
    ...csl,
    type,
    title,
    ...(authors.length > 0 || hasMoreAuthors ? { author: writeNames(authors, hasMoreAuthors) } : {}),
    ...writeIssued(paper.year, csl.issued),
    ...(venue === null ? {} : { 'container-title': venue }),
    ...(abstract === null ? {} : { abstract }),
    ...named.variables,
    ...writeUrl(paper, identifiers),
    ...writeCustom(paper, named.others, bibtex),
  };
}

function identifiersOf({ identifiers, arxivId, doi }: CitedPaper): readonly Identifier[] {
  if (identifiers) return identifiers;
  const spelled = [arxivId && `arxiv:${arxivId}`, doi && `doi:${doi}`].filter((one) => one !== null);
  const parsed = spelled.map(parseIdentifier).filter((one) => one !== null);
  return [...new Map(parsed.map((one) => [keyOf(one), one])).values()];
}

/**
 * A paper with a venue counts as a journal article, because the venue does not say whether it is a journal or a
 * conference. Any other paper counts as a preprint.
 */
export function guessType({ venue }: { venue: string | null }): CslType {
  return venue && !isArxiv(venue) ? 'article-journal' : 'article';
}

function writeNames(authors: readonly Author[], hasMore: boolean): CslName[] {
  return [...authors.map(writeName), ...(hasMore ? [OTHERS] : [])];
}

function writeName(author: Author): CslName {
  const orcid = author.orcid === undefined ? {} : { ORCID: author.orcid };
  if (author.isOrganization) return { literal: author.name, ...orcid };
  const { family, given, suffix } = partsOf(author);
  return { family, ...(given ? { given } : {}), ...(suffix ? { suffix } : {}), ...orcid };
}

/** Prefers `issued` if it is in the year of the paper, because it may have a month and a day. */
function writeIssued(year: number | null, issued: CslDate | undefined): { issued?: CslDate } {
  if (year === null || issued?.['date-parts']?.[0]?.[0] === year) return issued ? { issued } : {};
  return { issued: { 'date-parts': [[year]] } };
}

/** Separates the identifiers that have a CSL variable from the others. */
function nameIdentifiers(identifiers: readonly Identifier[], csl: CslDetails, type: CslType) {
  const doi = identifiers.find(({ scheme }) => scheme === 'doi');
  const arxiv = isKeptElsewhere(csl) ? undefined : identifiers.find(({ scheme }) => scheme === 'arxiv');
  // A publication is not cited by the DOI of its preprint.
  const cited = doi?.value ?? (arxiv && type === 'article' ? doiOfArxivId(arxiv.value) : undefined);
  return {
    variables: {
      ...(cited === undefined ? {} : { DOI: cited }),
      ...(arxiv ? { archive: 'arXiv', archive_location: withVersion(arxiv) } : {}),
    },
    others: identifiers.filter((one) => one !== doi && one !== arxiv).map(schemeText),
  };
}

function isKeptElsewhere({ archive, archive_location: place }: CslDetails): boolean {
  return (archive ?? place) !== undefined && !/^arxiv\b/i.test(archive ?? '');
}

function withVersion({ value, version }: Identifier): string {
  return version === null ? value : `${value}v${version}`;
}

/** The page of the paper, or else its PDF. */
function writeUrl({ links }: CitedPaper, [first]: readonly Identifier[]): { URL?: string } {
  const papers = links.filter(({ rel }) => rel === 'paper');
  const page = papers.find((link) => !isPdf(link))?.url ?? (first && addressOf(first));
  const url = page ?? papers[0]?.url;
  return url === undefined ? {} : { URL: url };
}

function writeCustom(
  paper: CitedPaper,
  identifiers: readonly string[],
  bibtex: BibtexDetails | undefined,
): Pick<CslItem, 'custom'> {
  const { licence, links, results = [], statuses = [] } = paper;
  const lists = Object.entries({ identifiers, links, results, statuses }).filter(
    ([, list]) => list.length > 0,
  );
  const custom = {
    ...(licence ? { licence } : {}),
    ...Object.fromEntries(lists),
    ...(bibtex ? { bibtex } : {}),
  };
  return Object.keys(custom).length > 0 ? { custom } : {};
}
