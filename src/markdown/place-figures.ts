import type { Data, Paragraph, PhrasingContent, Root } from 'mdast';
import { captionElements, imageElement, type MarkdownFigure } from './figure-html.ts';
import { imagesOf, type PlacedImage, readMediaId } from './references.ts';
import { nodesOf } from './tree.ts';

/** An element name that the sanitizer removes. */
const DROPPED = 'dropped';

type PlacedFigure = { image: PlacedImage; figure: MarkdownFigure };

/**
 * Prepares the images of a tree for rendering. An image at `media:<id>` becomes the figure of that media file, with a
 * caption if the image is alone in its paragraph. Other images are kept if their URL is https. Returns the ids of the media
 * that the text places.
 */
export function placeFigures(tree: Root, figures: ReadonlyMap<string, MarkdownFigure>): Set<string> {
  const placed = new Map<PhrasingContent, PlacedFigure>();
  const mediaIds = new Set<string>();
  for (const image of imagesOf(tree)) {
    const mediaId = readMediaId(image.url);
    const figure = mediaId === null ? undefined : figures.get(mediaId);
    image.node.data = figure ? describeFigure({ image, figure }, image.title) : describeForeign(image);
    if (mediaId === null || !figure) continue;
    mediaIds.add(mediaId);
    placed.set(image.node, { image, figure });
  }
  for (const paragraph of nodesOf(tree).filter((node) => node.type === 'paragraph')) {
    const image = findSoleImage(paragraph);
    const found = image && placed.get(image);
    if (found) toFigureElement(paragraph, found);
    else if (image?.data?.hName === DROPPED) paragraph.data = { hName: DROPPED, hChildren: [] };
  }
  return mediaIds;
}

function describeFigure({ image, figure }: PlacedFigure, title: string | null): Data {
  const { tagName, properties, children } = imageElement(figure, { alt: image.node.alt ?? null, title });
  return { hName: tagName, hProperties: properties, hChildren: children };
}

function describeForeign({ url }: PlacedImage): Data {
  return /^https:\/\//i.test(url)
    ? { hProperties: { loading: 'lazy', decoding: 'async' } }
    : { hName: DROPPED };
}

/** Returns the only child, looking inside a link. Undefined if there are several children. */
function findSoleImage({ children }: { children: PhrasingContent[] }): PhrasingContent | undefined {
  const [child, ...others] = children;
  if (!child || others.length > 0) return undefined;
  return child.type === 'link' || child.type === 'linkReference' ? findSoleImage(child) : child;
}

/** mdast has no node for captions, so an empty emphasis stands for the caption. */
function toFigureElement(paragraph: Paragraph, placed: PlacedFigure): void {
  const { image, figure } = placed;
  const caption = captionElements(figure, image.title);
  image.node.data = describeFigure(placed, null);
  paragraph.data = { hName: 'figure' };
  if (caption.length === 0) return;
  paragraph.children.push({
    type: 'emphasis',
    children: [],
    data: { hName: 'figcaption', hChildren: caption },
  });
}
