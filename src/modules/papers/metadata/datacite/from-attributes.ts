import type { CslItem, CslName } from '../../../../bibliography/csl/csl.ts';
import { definedFields } from '../../../../lib/patch.ts';
import { arxivIdOfDoi, parseArxivId } from '../../identifiers/arxiv-id.ts';
import { parseDoi } from '../../identifiers/doi.ts';
import { toAuthors, toBody, toPerson } from '../reading/csl-authors.ts';
import { makeStatus, toCustom } from '../reading/details.ts';
import { type PartialDate, readDate, readDateParts, toCslDate } from '../reading/partial-date.ts';
import { notReadable, toItem } from '../reading/readable.ts';
import { fold, plainLine, plainParagraphs } from '../reading/registry-text.ts';
import { type Attributes, answer, type Creator } from './attributes.ts';
import { licenceOf } from './licence.ts';
import { isPreprint, typeOf } from './types.ts';

/** A work as DataCite describes it: arXiv, Zenodo, Figshare and the like. */
export function fromAttributes(given: unknown, askedFor: string): CslItem {
  const parsed = answer.safeParse(given);
  if (!parsed.success) throw notReadable();
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
    DOI: fold(attributes.doi, 500),
    custom: toCustom({
      licence: licenceOf(attributes),
      identifiers: identifiersOf(attributes, askedFor),
      statuses: [makeStatus(isPreprint(attributes) ? 'preprint' : 'published', issued)],
    }),
  });
}

/** Others are translations and the like. */
function titleOf({ titles }: Attributes): string | undefined {
  const main = titles.find(({ titleType }) => !titleType) ?? titles[0];
  const sub = titles.find(({ titleType }) => titleType === 'Subtitle');
  const text = plainLine(main?.title ?? '', 1_000);
  return text && sub && sub !== main ? plainLine(`${text}: ${sub.title}`, 1_000) : text;
}

/** `name` is "Family, Given" of a person. */
function toName({ name, familyName, givenName, nameType, nameIdentifiers }: Creator): CslName | null {
  if (nameType === 'Organizational') return toBody(name ?? '');
  const orcid = nameIdentifiers.find((one) => one.nameIdentifierScheme.toUpperCase() === 'ORCID');
  const [family = '', ...given] = (name ?? '').split(',');
  if (!familyName && given.length === 0) return toBody(name ?? '');
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

/** arXiv's Issued is a year alone; the day on which a preprint appeared is that of its submission. */
function dateOf(attributes: Attributes): PartialDate | undefined {
  const { dates, publicationYear } = attributes;
  const types = [...(isPreprint(attributes) ? ['Submitted'] : []), 'Issued', 'Available'];
  const found = types.map((type) => firstOf(dates.filter(({ dateType }) => dateType === type)));
  return found.find((date) => date !== undefined) ?? readDateParts([publicationYear]);
}

/** Each version of a preprint has one. */
function firstOf(dates: readonly { date: string }[]): PartialDate | undefined {
  const [first] = dates.map(({ date }) => date).toSorted();
  return readDate(first ?? '');
}

function describeContainer({ publisher, container, language, version }: Attributes): Partial<CslItem> {
  const pages = [container?.firstPage, container?.lastPage].filter((page) => page);
  return definedFields({
    'container-title': plainLine(container?.title ?? '', 500),
    volume: fold(container?.volume ?? '', 100),
    issue: fold(container?.issue ?? '', 100),
    page: fold(pages.join('-'), 300),
    ISSN: container?.identifierType === 'ISSN' ? fold(container.identifier ?? '', 300) : undefined,
    publisher: plainLine(publisher ?? '', 1_000),
    language: fold(language ?? '', 100),
    version: fold(version ?? '', 100),
  });
}

/** arXiv gives each of its papers a DOI that holds its id. */
function describeArchive({ doi }: Attributes): Partial<CslItem> {
  const id = arxivIdOfDoi(doi)?.id ?? null;
  return id === null ? {} : { archive: 'arXiv', archive_location: id };
}

/** Of software and data a version is not the work itself, whose DOI stands for all of them. */
function identifiersOf(attributes: Attributes, askedFor: string): string[] {
  const isAlias = parseDoi(attributes.doi) !== askedFor;
  const same = ['IsIdenticalTo', ...(isPreprint(attributes) ? ['IsVersionOf', 'IsPreprintOf'] : [])];
  const related = attributes.relatedIdentifiers.filter(({ relationType }) => same.includes(relationType));
  return [
    ...(isAlias ? [askedFor] : []),
    ...related.flatMap(({ relatedIdentifier, relatedIdentifierType }) => {
      const arxivId =
        relatedIdentifierType === 'arXiv' ? (parseArxivId(relatedIdentifier)?.id ?? null) : null;
      if (arxivId !== null) return [`arXiv:${arxivId}`];
      return relatedIdentifierType === 'DOI' ? (parseDoi(relatedIdentifier) ?? []) : [];
    }),
  ];
}
