import { renderFigure } from '../../../markdown/figure-html.ts';
import { renderMarkdown } from '../../../markdown/render.ts';
import {
  type ResolvedFigure,
  resolveByMedia,
  resolveFigure,
  resolveLinked,
  resolveMedia,
  resolvePlaced,
} from '../../issues/figures/resolve-figures.ts';
import type { FigureTree, IssueTree, ItemTree, SectionTree } from '../../issues/tree/load-issue.ts';
import { parseLinks, presentCoverage } from '../../issues/tree/present.ts';
import { countWords, readingMinutes } from '../../issues/tree/word-count.ts';
import { isImageType } from '../../media/files/file-types.ts';
import { presentPaperFields } from '../../papers/record/present.ts';
import { presentPerson } from '../../people/present.ts';
import { assignAnchors, TEXT_ANCHORS } from './anchors.ts';
import { composeAttachment, composeFigure } from './compose-media.ts';
import type { EditionDocument, EditionSummary, PublishedItem, PublishedSection } from './edition-schemas.ts';
import { storedMediaAddress } from './media-address.ts';

/** The parts of an edition that do not come from the tree. */
export type EditionVersion = { version: number; publishedAt: Date; updatedAt: Date };

/** Composes the document of an edition. The same tree and version always give the same document. */
export function composeEdition(issue: IssueTree, version: EditionVersion): EditionDocument {
  const { slug, title, tagline, language, timeZone } = issue.newsletter;
  const anchors = assignAnchors(issue.sections.flatMap((section) => section.items));
  return {
    ...composeSummary(issue, version),
    newsletter: { slug, title, tagline, language, timeZone },
    intro: composeText(issue.intro, issue.figures, TEXT_ANCHORS.intro),
    sections: issue.sections.map((section) => composeSection(section, anchors)),
    signOff: composeText(issue.signOff, issue.figures, TEXT_ANCHORS.signOff),
  };
}

function composeSummary(
  issue: IssueTree,
  { version, publishedAt, updatedAt }: EditionVersion,
): EditionSummary {
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
  return {
    slug,
    name,
    bio,
    avatar: person.avatar ? composeFigure(resolveMedia(person.avatar)) : null,
    links,
  };
}

function composeSection(section: SectionTree, anchors: ReadonlyMap<string, string>): PublishedSection {
  const { id, title, emoji, intro, figures, items } = section;
  return {
    ...{ id, title, emoji },
    intro: composeText(intro, figures, `section-${id}`),
    items: items.map((item) => composeItem(item, anchors.get(item.id) ?? item.id)),
  };
}

function composeItem(item: ItemTree, anchor: string): PublishedItem {
  const { id, kind, title, tags } = item;
  const figures = figuresInOrder(item);
  return {
    ...{ id, anchor, kind, title, tags },
    body: composeBody(item, anchor, figures),
    links: parseLinks(item.links),
    figures: figures.map(composeFigure),
    attachments: composeAttachments(item),
    paper: item.paper ? composePaper(item.paper) : null,
  };
}

/** In reading order: the figures that the body shows, then those that follow it. */
function figuresInOrder(item: ItemTree): ResolvedFigure[] {
  const placed = resolvePlaced(item.body, item.figures).flatMap(({ figure }) => figure ?? []);
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
  anchor: string,
  figures: readonly ResolvedFigure[],
): PublishedItem['body'] {
  const placed = new Set(resolvePlaced(item.body, item.figures).map(({ figure }) => figure?.media.id));
  const following = figures
    .filter((figure) => !placed.has(figure.media.id))
    .map(composeFigure)
    .map(renderFigure);
  const body = composeText(item.body, item.figures, anchor);
  if (following.length === 0) return body;
  return { markdown: body?.markdown ?? '', html: [...(body ? [body.html] : []), ...following].join('\n') };
}

/** Each media file once, in the order in which the body first links to it. */
function composeAttachments(item: ItemTree): PublishedItem['attachments'] {
  const linked = resolveLinked(item.body, item.figures).flatMap(({ media }) => media ?? []);
  const byMedia = new Map(linked.map((media) => [media.id, media]));
  return [...byMedia.values()].map(composeAttachment);
}

/** `anchor` makes the ids of footnotes unique in the issue. */
function composeText(
  markdown: string | null,
  figures: readonly FigureTree[],
  anchor: string,
): PublishedItem['body'] {
  if (markdown === null) return null;
  const known = [...resolveByMedia(figures)];
  const images = known.filter(([, { media }]) => isImageType(media.file.mimeType));
  const shown = new Map(images.map(([id, figure]) => [id, composeFigure(figure)]));
  const addresses = new Map(known.map(([id, { media }]) => [id, storedMediaAddress(media.file.fileName)]));
  return { markdown, html: renderMarkdown(markdown, shown, anchor, addresses).html };
}

function composePaper(paper: NonNullable<ItemTree['paper']>): PublishedItem['paper'] {
  return { id: paper.id, ...presentPaperFields(paper) };
}
