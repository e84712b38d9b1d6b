import { escapeHtml } from '../../../lib/escape-html.ts';
import { isWebAddress } from '../../../lib/web-address.ts';
import { withDirection } from '../../../markdown/direction.ts';
import { renderFigure } from '../../../markdown/figure-html.ts';
import { itemPage } from '../../delivery/issue-page.ts';
import type {
  EditionDocument,
  PublishedItem,
  PublishedSection,
} from '../../publishing/editions/edition-schemas.ts';
import { makeLinksAbsolute } from './absolute-links.ts';
import { linkTo } from './html.ts';
import { listOnce } from './list-once.ts';
import { paperAddresses } from './paper-addresses.ts';

type Paper = NonNullable<PublishedItem['paper']>;
type Link = PublishedItem['links'][number];

/** Authors of a paper listed before "et al." */
const MAX_LISTED_AUTHORS = 10;

/** The whole issue as one HTML fragment with absolute URLs. `page` is the URL of the issue. */
export function composeContent(issue: EditionDocument, page: string): string {
  const parts = [
    issue.cover && composeCover(issue.cover),
    issue.intro?.html,
    ...issue.sections.map((section) => composeSection(section, page)),
    issue.signOff?.html,
  ];
  return withDirection(makeLinksAbsolute(joined(parts), page), issue.newsletter.language);
}

function composeSection({ title, emoji, intro, items }: PublishedSection, page: string): string {
  const heading = `<h2>${escapeHtml(emoji ? `${emoji} ${title}` : title)}</h2>`;
  return joined([heading, intro?.html, ...items.map((item) => composeItem(item, page))]);
}

/** The HTML of the body already includes the figures of the item. */
function composeItem(item: PublishedItem, page: string): string {
  const cited = item.paper ? paperAddresses(item.paper).map(([, address]) => address) : [];
  const links = listOnce([...item.links, ...(item.paper?.links ?? [])], cited);
  return joined([
    `<h3>${linkTo(itemPage(page, item), item.title)}</h3>`,
    item.paper && composeCitation(item.paper),
    item.body?.html,
    links.length > 0 ? `<ul>${links.map((link) => `<li>${composeLink(link)}</li>`).join('')}</ul>` : null,
  ]);
}

function composeCitation(paper: Paper): string {
  const { title, authors, venue, year } = paper;
  const names = authors.slice(0, MAX_LISTED_AUTHORS).map(({ name }) => name);
  if (authors.length > MAX_LISTED_AUTHORS) names.push('et al.');
  const facts = [
    names.length > 0 ? escapeHtml(names.join(', ')) : null,
    `<cite>${escapeHtml(title)}</cite>`,
    venue === null ? null : escapeHtml(venue),
    year === null || isIn(year, venue) ? null : String(year),
    ...paperAddresses(paper).map(([label, address]) => linkTo(address, label)),
  ];
  return `<p>${joinSentences(facts.filter((fact) => fact !== null))}</p>`;
}

/** As in the venue "ICML 2022". */
function isIn(year: number, venue: string | null): boolean {
  return venue !== null && new RegExp(`(?<!\\d)${year}(?!\\d)`).test(venue);
}

const ENDED = /[\p{Sentence_Terminal}…](?:<\/\w+>)?$/u;

/** A text that ends with a mark of its own, such as "et al." or a question, gets no full stop. */
function joinSentences(texts: readonly string[]): string {
  const last = texts.length - 1;
  return texts.map((text, at) => (at === last || ENDED.test(text) ? text : `${text}.`)).join(' ');
}

function composeLink({ label, url }: Link): string {
  const text = label.trim() === '' ? url : label;
  return isWebAddress(url) ? linkTo(url, text) : escapeHtml(text);
}

/** Without renditions and placeholders: feed readers show a single size. */
function composeCover(cover: NonNullable<EditionDocument['cover']>): string {
  return renderFigure({ ...cover, sources: [], thumbhash: null, placeholder: null });
}

function joined(parts: readonly (string | null | undefined)[]): string {
  return parts.filter((part) => part).join('\n');
}
