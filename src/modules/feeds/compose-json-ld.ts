import { homePage, issuePage, itemPage, type Periodical } from '../delivery/issue-page.ts';
import type {
  EditionDocument,
  PublishedFigure,
  PublishedItem,
  PublishedSection,
} from '../publishing/editions/edition-schemas.ts';
import { identityPagesOf } from './compose/author-pages.ts';
import { urnOf } from './compose/feed-id.ts';
import { listOnce } from './compose/list-once.ts';
import { paperAddresses } from './compose/paper-addresses.ts';
import type { JsonLd } from './schemas.ts';

type Node = JsonLd['isPartOf'];

/** Describes an issue as a https://schema.org/PublicationIssue. JSON.stringify leaves out undefined members. */
export function composeJsonLd(issue: EditionDocument, newsletter: Periodical, publicUrl: string): JsonLd {
  const page = issuePage(newsletter, issue, publicUrl);
  return {
    '@context': 'https://schema.org',
    '@type': 'PublicationIssue',
    '@id': urnOf(issue.id),
    url: page,
    name: issue.title,
    description: issue.subtitle ?? undefined,
    issueNumber: issue.number,
    datePublished: issue.publishedAt,
    dateModified: issue.updatedAt,
    temporalCoverage: issue.coverage ? `${issue.coverage.from}/${issue.coverage.to}` : undefined,
    inLanguage: newsletter.language,
    keywords: filled(issue.tags),
    author: filled(issue.authors.map(composeAuthor)),
    image: issue.cover ? composeImage(issue.cover) : undefined,
    isPartOf: composePeriodical(newsletter, publicUrl),
    hasPart: issue.sections.flatMap((section) =>
      section.items.map((item) => composeItem(item, section, page)),
    ),
  };
}

function composePeriodical(newsletter: Periodical, publicUrl: string): Node {
  const { id, title, tagline, language } = newsletter;
  return {
    '@type': 'Periodical',
    '@id': urnOf(id),
    url: homePage(newsletter, publicUrl),
    name: title,
    description: tagline ?? undefined,
    inLanguage: language,
  };
}

function composeAuthor({ name, bio, avatar, links }: EditionDocument['authors'][number]): Node {
  return {
    '@type': 'Person',
    name,
    description: bio ?? undefined,
    image: avatar?.url,
    sameAs: filled(identityPagesOf(links)),
  };
}

const TYPE_OF_KIND = {
  note: 'Article',
  link: 'Article',
  paper: 'Article',
  tool: 'CreativeWork',
  media: 'CreativeWork',
  promo: 'CreativeWork',
} as const satisfies Record<PublishedItem['kind'], string>;

/** An item is the editors' own work. The paper it discusses is described under `about`. */
function composeItem(item: PublishedItem, section: PublishedSection, page: string): Node {
  const type = TYPE_OF_KIND[item.kind];
  return {
    '@type': type,
    '@id': urnOf(item.id),
    url: itemPage(page, item),
    headline: item.title,
    articleSection: type === 'Article' ? section.title : undefined,
    keywords: filled(item.tags),
    image: filled(item.figures.map(composeImage)),
    about: item.paper ? composePaper(item.paper) : undefined,
    citation: filled(
      listOnce(item.links).map(({ label, url }) => ({ '@type': 'CreativeWork', name: label, url })),
    ),
  };
}

function composePaper(paper: NonNullable<PublishedItem['paper']>): Node {
  const { id, title, authors, year, venue, abstract, links } = paper;
  const addresses = paperAddresses(paper).map(([, address]) => address);
  return {
    '@type': 'ScholarlyArticle',
    '@id': urnOf(id),
    url: addresses[0] ?? links[0]?.url,
    name: title,
    author: filled(authors.map(({ name }) => ({ '@type': 'Person', name }))),
    datePublished: year === null ? undefined : String(year),
    isPartOf: venue === null ? undefined : { '@type': 'CreativeWork', name: venue },
    abstract: abstract ?? undefined,
    sameAs: filled(addresses),
  };
}

function composeImage({ url, width, height, mimeType, alt, caption, credit }: PublishedFigure): Node {
  return {
    '@type': 'ImageObject',
    url,
    encodingFormat: mimeType,
    width: composePixels(width),
    height: composePixels(height),
    description: alt || undefined,
    caption: caption ?? undefined,
    creditText: credit?.text,
  };
}

/** A bare number is not allowed: https://schema.org/width. E37 is the UN/CEFACT code of pixels. */
function composePixels(value: number): Node {
  return { '@type': 'QuantitativeValue', value, unitCode: 'E37' };
}

function filled<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
