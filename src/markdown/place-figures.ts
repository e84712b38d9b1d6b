import type { Data, Paragraph, PhrasingContent, Root } from 'mdast';
import { captionElements, imageElement, type MarkdownFigure } from './figure-html.ts';
import { imagesOf, type PlacedImage, readMediaId } from './references.ts';
import { nodesOf } from './tree.ts';

/** The name of an element that is none, so that sanitizing leaves nothing of it. */
const DROPPED = 'dropped';

type PlacedFigure = { image: PlacedImage; figure: MarkdownFigure };

/**
 * Prepares the images of a tree for HTML: what `media:<id>` stands for, and a figure with its caption where
 * it is alone in its paragraph. Other images stay if they come by https. Answers which media have a place.
 */
export function placeFigures(tree: Root, figures: ReadonlyMap<string, MarkdownFigure>): Set<string> {
  const placed = new Map<PhrasingContent, PlacedFigure>();
  const mediaIds = new Set<string>();
  for (const image of imagesOf(tree)) {
    const mediaId = readMediaId(image.url);
    const figure = mediaId === null ? undefined : figures.get(mediaId);
    image.node.data = figure ? showFigure({ image, figure }, image.title) : describeForeign(image);
    if (mediaId === null || !figure) continue;
    mediaIds.add(mediaId);
    placed.set(image.node, { image, figure });
  }
  for (const paragraph of nodesOf(tree).filter((node) => node.type === 'paragraph')) {
    const image = soleImage(paragraph);
    const found = image && placed.get(image);
    if (found) turnIntoFigure(paragraph, found);
    else if (image?.data?.hName === DROPPED) paragraph.data = { hName: DROPPED, hChildren: [] };
  }
  return mediaIds;
}

function showFigure({ image, figure }: PlacedFigure, title: string | null): Data {
  const { tagName, properties, children } = imageElement(figure, { alt: image.node.alt ?? null, title });
  return { hName: tagName, hProperties: properties, hChildren: children };
}

function describeForeign({ url }: PlacedImage): Data {
  return /^https:\/\//i.test(url)
    ? { hProperties: { loading: 'lazy', decoding: 'async' } }
    : { hName: DROPPED };
}

/** An image may be a link and still stand alone. */
function soleImage({ children }: { children: PhrasingContent[] }): PhrasingContent | undefined {
  const [child, ...others] = children;
  if (!child || others.length > 0) return undefined;
  return child.type === 'link' || child.type === 'linkReference' ? soleImage(child) : child;
}

/** A Markdown tree knows no captions: an emphasis without words takes the place of one. */
function turnIntoFigure(paragraph: Paragraph, placed: PlacedFigure): void {
  const { image, figure } = placed;
  const caption = captionElements(figure, image.title);
  image.node.data = showFigure(placed, null);
  paragraph.data = { hName: 'figure' };
  if (caption.length === 0) return;
  paragraph.children.push({
    type: 'emphasis',
    children: [],
    data: { hName: 'figcaption', hChildren: caption },
  });
}
