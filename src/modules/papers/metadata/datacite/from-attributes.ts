import type { CslItem, CslName } from '../../../../bibliography/csl/csl.ts';
import { joinTitle } from '../../../../bibliography/text/join-title.ts';
import { joinPages } from '../../../../bibliography/text/pages.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { arxivIdOfDoi, parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import { toAuthors, toOrganization, toPerson } from '../reading/csl-authors.ts';
import { makeStatus, toCustom } from '../reading/details.ts';
import { toItem, unreadableAnswer } from '../reading/lenient-parsing.ts';
import { type PartialDate, readDate, readDateParts, toCslDate } from '../reading/partial-date.ts';
import { plainLine, plainParagraphs, toLine } from '../reading/registry-text.ts';
import { type Attributes, answer, type Creator } from './attributes.ts';
import { licenceOf } from './licence.ts';
import { isPreprint, typeOf } from './types.ts';

/** Converts a work of DataCite, the registry of arXiv, Zenodo, Figshare and others. */
export function fromAttributes(given: unknown, requestedDoi: string): CslItem {
  const parsed = answer.safeParse(given);
  if (!parsed.success) throw unreadableAnswer();
  const { attributes } = parsed.data.data;
  const issued = dateOf(attributes);
  return toItem({
    ...describeContainer(attributes),
    ...describeArchive(attributes),
    type: typeOf(attributes),
    title: titleOf(attributes),
    author: toAuthors(attributes.creators.map(toName)),
    abstract: abstractOf(attributes),
    issued: toCslDate(issued),
    DOI: toLine(attributes.doi, 500),
    custom: toCustom({
      licence: licenceOf(attributes),
      identifiers: identifiersOf(attributes, requestedDoi),
      statuses: [makeStatus(isPreprint(attributes) ? 'preprint' : 'published', issued)],
    }),
  });
}

/** The main title has no type. Typed titles are translations, subtitles and others. */
function titleOf({ titles }: Attributes): string | undefined {
  const main = titles.find(({ titleType }) => !titleType) ?? titles[0];
  const sub = titles.find(({ titleType }) => titleType === 'Subtitle');
  const [text = null, more = null] = [main, sub].map((one) => plainLine(one?.title ?? '', 1_000));
  return toLine(joinTitle(text, more) ?? '', 1_000);
}

/** For a person, `name` is "Family, Given". */
function toName({ name, familyName, givenName, nameType, nameIdentifiers }: Creator): CslName | null {
  if (nameType === 'Organizational') return toOrganization(name ?? '');
  const orcid = nameIdentifiers.find((one) => one.nameIdentifierScheme.toUpperCase() === 'ORCID');
  const [family = '', ...given] = (name ?? '').split(',');
  if (!familyName && given.length === 0) return toOrganization(name ?? '');
  return toPerson({
    family: familyName ?? family,
    given: familyName ? (givenName ?? '') : given.join(','),
    orcid: orcid?.nameIdentifier,
  });
}

function abstractOf({ descriptions }: Attributes): string | undefined {
  const abstract = descriptions.find(({ descriptionType }) => descriptionType === 'Abstract');
  return plainParagraphs(abstract?.description ?? '', 20_000);
}

/** For arXiv, Issued is only a year, so the date of a preprint is that of its submission. */
function dateOf(attributes: Attributes): PartialDate | undefined {
  const { dates, publicationYear } = attributes;
  const types = [...(isPreprint(attributes) ? ['Submitted'] : []), 'Issued', 'Available'];
  const found = types.map((type) => firstOf(dates.filter(({ dateType }) => dateType === type)));
  return found.find((date) => date !== undefined) ?? readDateParts([publicationYear]);
}

/** Each version of a preprint has a date; the first one counts. */
function firstOf(dates: readonly { date: string }[]): PartialDate | undefined {
  const [first] = dates.map(({ date }) => date).toSorted();
  return readDate(first ?? '');
}

function describeContainer({ publisher, container, language, version }: Attributes): Partial<CslItem> {
  const { firstPage, lastPage } = container ?? {};
  return definedFields({
    'container-title': plainLine(container?.title ?? '', 500),
    volume: toLine(container?.volume ?? '', 100),
    issue: toLine(container?.issue ?? '', 100),
    page: toLine(firstPage && lastPage ? joinPages(firstPage, lastPage) : firstPage || lastPage || '', 300),
    ISSN: container?.identifierType === 'ISSN' ? toLine(container.identifier ?? '', 300) : undefined,
    publisher: plainLine(publisher ?? '', 1_000),
    language: toLine(language ?? '', 100),
    version: toLine(version ?? '', 100),
  });
}

/** The DOI of a paper at arXiv contains its arXiv id. */
function describeArchive({ doi }: Attributes): Partial<CslItem> {
  const id = arxivIdOfDoi(doi)?.id ?? null;
  return id === null ? {} : { archive: 'arXiv', archive_location: id };
}

/** For software and data, the DOI of a version is not that of the work, which covers all versions. */
function identifiersOf(attributes: Attributes, requestedDoi: string): string[] {
  const isAlias = parseDoi(attributes.doi) !== requestedDoi;
  const same = ['IsIdenticalTo', ...(isPreprint(attributes) ? ['IsVersionOf', 'IsPreprintOf'] : [])];
  const related = attributes.relatedIdentifiers.filter(({ relationType }) => same.includes(relationType));
  return [
    ...(isAlias ? [requestedDoi] : []),
    ...related.flatMap(({ relatedIdentifier, relatedIdentifierType }) => {
      const arxivId =
        relatedIdentifierType === 'arXiv' ? (parseArxivId(relatedIdentifier)?.id ?? null) : null;
      if (arxivId !== null) return [`arXiv:${arxivId}`];
      return relatedIdentifierType === 'DOI' ? (parseDoi(relatedIdentifier) ?? []) : [];
    }),
  ];
}
