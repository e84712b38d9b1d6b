import type { Media } from '../../database/generated/client.ts';
import { type MarkdownFigure, renderFigure } from '../../markdown/figure-html.ts';
import { renderMarkdown } from '../../markdown/render.ts';
import type { FigureTree, IssueTree, ItemTree, SectionTree } from '../issues/load-issue.ts';
import { parseLinks, presentCoverage } from '../issues/present.ts';
import { type ResolvedFigure, resolveByMedia, resolveFigure, resolvePlaced } from '../issues/resolve-figures.ts';
import { countWords, readingMinutes } from '../issues/word-count.ts';
import { presentPaper } from '../papers/present.ts';
import { presentPerson } from '../people/present.ts';
import { assignAnchors } from './anchors.ts';
import type { EditionDocument, EditionSummary, PublishedFigure, PublishedItem, PublishedSection } from './edition-schemas.ts';
import { storedMediaAddress } from './media-address.ts';

/** What sets one edition of an issue apart from another of the same tree. */
export type EditionVersion = { version: number; publishedAt: Date; updatedAt: Date };

/** The document of the whole issue, everything resolved and in order. The same tree gives the same document. */
export function composeEdition(issue: IssueTree, version: EditionVersion): EditionDocument {
  const { slug, title, tagline, language, timeZone } = issue.newsletter;
  const anchors = assignAnchors(issue.sections.flatMap((section) => section.items));
  return {
    ...composeSummary(issue, version),
    newsletter: { slug, title, tagline, language, timeZone },
    intro: composeText(issue.intro, issue.figures),
    sections: issue.sections.map((section) => composeSection(section, anchors)),
    signOff: composeText(issue.signOff, issue.figures),
  };
}

export function composeSummary(issue: IssueTree, { version, publishedAt, updatedAt }: EditionVersion): EditionSummary {
  const { id, number, slug, title, subtitle, tags } = issue;
  const cover = issue.figures.find(({ place }) => place === 'cover');
  const wordCount = countWords(issue);
  return {
    ...{ id, number, slug, title, subtitle, tags },
    coverage: presentCoverage(issue),
    authors: issue.authors.map(({ person }) => composeAuthor(person)),
    cover: cover ? composeFigure(resolveFigure(cover)) : null,
    wordCount,
    readingMinutes: readingMinutes(wordCount),
    publishedAt: publishedAt.toISOString(),
    updatedAt: updatedAt.toISOString(),
    edition: version,
  };
}

function composeAuthor(person: IssueTree['authors'][number]['person']): EditionSummary['authors'][number] {
  const { slug, name, bio, links } = presentPerson(person);
  return { slug, name, bio, avatar: person.avatar ? composeFigure(asFigure(person.avatar)) : null, links };
}

function composeSection(section: SectionTree, anchors: ReadonlyMap<string, string>): PublishedSection {
  const { id, title, emoji, intro, figures, items } = section;
  return {
    ...{ id, title, emoji },
    intro: composeText(intro, figures),
    items: items.map((item) => composeItem(item, anchors.get(item.id) ?? item.id)),
  };
}

function composeItem(item: ItemTree, anchor: string): PublishedItem {
  const { id, kind, title, tags } = item;
  const figures = figuresInOrder(item);
  return {
    ...{ id, anchor, kind, title, tags },
    body: composeText(item.body, item.figures, anchor, figures),
    links: parseLinks(item.links),
    figures: figures.map(composeFigure),
    paper: item.paper ? composePaper(item.paper) : null,
  };
}

/** As a reader meets them: those that the body places, then those that follow it. */
function figuresInOrder(item: ItemTree): ResolvedFigure[] {
  const placed = resolvePlaced(item.body, item.figures).flatMap(({ figure }) => figure ?? []);
  const listed = item.figures.filter(({ place }) => place === 'item').map(resolveFigure);
  return [...new Map([...placed, ...listed].map((figure) => [figure.media.id, figure]).toReversed()).values()].toReversed();
}
