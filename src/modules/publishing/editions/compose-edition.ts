import type { Context } from '../../../context.ts';
import { withDirection } from '../../../markdown/direction.ts';
import { renderFigure } from '../../../markdown/figure-html.ts';
import type { TextReferences } from '../../../markdown/read-text.ts';
import {
  type ResolvedFigure,
  resolveFigure,
  resolveLinked,
  resolveMedia,
  resolvePlaced,
} from '../../issues/figures/resolve-figures.ts';
import { type IssueTexts, readIssueTexts } from '../../issues/tree/issue-texts.ts';
import { titleForReaders } from '../../issues/tree/item-title.ts';
import type { IssueTree, ItemTree, SectionTree } from '../../issues/tree/load-issue.ts';
import { parseLinks, presentCoverage } from '../../issues/tree/present.ts';
import { countWords, readingMinutes } from '../../issues/tree/word-count.ts';
import { presentPaperFields } from '../../papers/record/present.ts';
import { presentPerson } from '../../people/present.ts';
import { assignAnchors } from './anchors.ts';
import { composeAttachment, composeFigure } from './compose-media.ts';
import type { EditionDocument, EditionSummary, PublishedItem, PublishedSection } from './edition-schemas.ts';
import { type RenderedTexts, renderTexts } from './render-texts.ts';

/** The parts of an edition that do not come from the tree. */
export type EditionVersion = { version: number; publishedAt: Date; updatedAt: Date };

/** What the parts of the document need from the whole issue. */
type Prepared = {
  texts: IssueTexts;
  rendered: RenderedTexts;
  anchors: ReadonlyMap<string, string>;
  language: string;
};

/**
 * Composes the document of an edition. The same tree and version always give the same document. Throws if a text takes
 * too long to render.
 */
export async function composeEdition(
  ctx: Context,
  issue: IssueTree,
  version: EditionVersion,
): Promise<EditionDocument> {
  const { slug, title, tagline, language, timeZone } = issue.newsletter;
  const items = issue.sections.flatMap((section) => section.items);
  const anchors = assignAnchors(items.map((item) => ({ ...item, title: titleOf(item) })));
  const texts = await readIssueTexts(ctx, issue);
  const prepared = { texts, anchors, language, rendered: await renderTexts(ctx, issue, anchors) };
  return {
    ...composeSummary(issue, texts, version),
    newsletter: { slug, title, tagline, language, timeZone },
    intro: prepared.rendered.of('intro'),
    sections: issue.sections.map((section) => composeSection(section, prepared)),
    signOff: prepared.rendered.of('signOff'),
  };
}

function composeSummary(
  issue: IssueTree,
  texts: IssueTexts,
  { version, publishedAt, updatedAt }: EditionVersion,
): EditionSummary {
  const { id, number, slug, title, subtitle, tags } = issue;
  const cover = issue.figures.find(({ place }) => place === 'cover');
  const wordCount = countWords(issue, texts);
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
  return {
    slug,
    name,
    bio,
    avatar: person.avatar ? composeFigure(resolveMedia(person.avatar)) : null,
    links,
  };
}

function composeSection(section: SectionTree, prepared: Prepared): PublishedSection {
  const { id, title, emoji, items } = section;
  return {
    ...{ id, title, emoji },
    intro: prepared.rendered.of(section),
    items: items.map((item) => composeItem(item, prepared)),
  };
}

function composeItem(item: ItemTree, { texts, rendered, anchors, language }: Prepared): PublishedItem {
  const { id, kind, tags } = item;
  const title = titleOf(item);
  const references = texts.of(item.body);
  const figures = figuresInOrder(item, references);
  return {
    ...{ id, anchor: anchors.get(id) ?? id, kind, title, tags },
    body: composeBody(item, references, rendered.of(item), figures, language),
    links: parseLinks(item.links),
    figures: figures.map(composeFigure),
    attachments: composeAttachments(item, references),
    paper: item.paper ? composePaper(item.paper) : null,
  };
}

function titleOf(item: ItemTree): string {
  return titleForReaders({ ...item, links: parseLinks(item.links) });
}

/** In reading order: the figures that the body shows, then those that follow it. */
function figuresInOrder(item: ItemTree, references: TextReferences): ResolvedFigure[] {
  const placed = resolvePlaced(references, item.figures).flatMap(({ figure }) => figure ?? []);
  const listed = item.figures.filter(({ place }) => place === 'item').map(resolveFigure);
  const byMedia = new Map<string, ResolvedFigure>();
  for (const figure of [...placed, ...listed]) {
    if (!byMedia.has(figure.media.id)) byMedia.set(figure.media.id, figure);
  }
  return [...byMedia.values()];
}

/** Figures that the body does not show are rendered after it. */
function composeBody(
  item: ItemTree,
  references: TextReferences,
  body: PublishedItem['body'],
  figures: readonly ResolvedFigure[],
  language: string,
): PublishedItem['body'] {
  const placed = new Set(resolvePlaced(references, item.figures).map(({ figure }) => figure?.media.id));
  const following = figures
    .filter((figure) => !placed.has(figure.media.id))
    .map(composeFigure)
    .map(renderFigure);
  if (following.length === 0) return body;
  const rendered = withDirection(following.join('\n'), language);
  return { markdown: body?.markdown ?? '', html: [...(body ? [body.html] : []), rendered].join('\n') };
}

/** Each media file once, in the order in which the body first links to it. */
function composeAttachments(item: ItemTree, references: TextReferences): PublishedItem['attachments'] {
  const linked = resolveLinked(references, item.figures).flatMap(({ media }) => media ?? []);
  const byMedia = new Map(linked.map((media) => [media.id, media]));
  return [...byMedia.values()].map(composeAttachment);
}

function composePaper(paper: NonNullable<ItemTree['paper']>): PublishedItem['paper'] {
  return { id: paper.id, ...presentPaperFields(paper) };
}
