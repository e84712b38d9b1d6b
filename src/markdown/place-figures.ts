import type { Data, Nodes, Paragraph, PhrasingContent, Root } from 'mdast';
import { captionElements, imageElement, type MarkdownFigure } from './figure-html.ts';
import { isForeignImageAddress } from './nodes/shown-address.ts';
import { holdsBlocks, nodesOf, replaceChildren } from './nodes/tree.ts';
import { imagesOf, type PlacedImage, readMediaId } from './references.ts';

/** An element name that the sanitizer removes. */
const DROPPED = 'dropped';

type PlacedFigure = { image: PlacedImage; figure: MarkdownFigure };
type Placed = Map<Nodes, PlacedFigure>;

/**
 * Prepares the images of a tree for rendering. An image at `media:<id>` becomes the figure of that media file if only images
 * are in its paragraph. Within text or a table, its caption and credit follow the block. Other images are kept if their URL
 * is https. Returns the ids of the media that the text places.
 */
export function placeFigures(tree: Root, figures: ReadonlyMap<string, MarkdownFigure>): Set<string> {
  const placed: Placed = new Map();
  const mediaIds = new Set<string>();
  for (const image of imagesOf(tree)) {
    const mediaId = readMediaId(image.url);
    const figure = mediaId === null ? undefined : figures.get(mediaId);
    image.node.data = figure ? describeFigure({ image, figure }, image.title) : describeForeign(image);
    if (mediaId === null || !figure) continue;
    mediaIds.add(mediaId);
    placed.set(image.node, { image, figure });
  }
  replaceChildren(tree, (blocks, parent) =>
    holdsBlocks(parent) ? blocks.flatMap((block) => layOut(block, placed)) : blocks,
  );
  return mediaIds;
}

function layOut(block: Nodes, placed: Placed): Nodes[] {
  if (block.type !== 'paragraph') return withCaptions(block, placed);
  const [image, ...others] = findOnlyImages(block);
  if (!image) return withCaptions(block, placed);
  if (others.length === 0) return [layOutImage(block, image, placed)];
  if (captionedIn(block, placed).length === 0) return [block];
  return [image, ...others].map((each) => {
    return layOutImage({ type: 'paragraph', children: [each.child] }, each, placed);
  });
}

function layOutImage(paragraph: Paragraph, { image }: OnlyImage, placed: Placed): Paragraph {
  const found = placed.get(image);
  if (found) toFigureElement(paragraph, found);
  else if (image.data?.hName === DROPPED) paragraph.data = { hName: DROPPED, hChildren: [] };
  return paragraph;
}

function withCaptions(block: Nodes, placed: Placed): Nodes[] {
  if (!['paragraph', 'heading', 'table'].includes(block.type)) return [block];
  return [block, ...captionedIn(block, placed).map(captionBlock)];
}

/** The figures with a caption or a credit that a block shows, each once. */
function captionedIn(block: Nodes, placed: Placed): MarkdownFigure[] {
  const shown = nodesOf(block).flatMap((node) => placed.get(node)?.figure ?? []);
  return [...new Set(shown)].filter((figure) => captionElements(figure, null).length > 0);
}

function captionBlock(figure: MarkdownFigure): Paragraph {
  return {
    type: 'paragraph',
    children: [],
    data: {
      hName: 'div',
      hProperties: { className: ['caption'] },
      hChildren: captionElements(figure, null),
    },
  };
}

function describeFigure({ image, figure }: PlacedFigure, title: string | null): Data {
  const { tagName, properties, children } = imageElement(figure, { alt: image.node.alt ?? null, title });
  return { hName: tagName, hProperties: properties, hChildren: children };
}

function describeForeign({ url }: PlacedImage): Data {
  return isForeignImageAddress(url)
    ? { hProperties: { loading: 'lazy', decoding: 'async' } }
    : { hName: DROPPED };
}

/** A child of a paragraph that is an image, or a link around one. */
type OnlyImage = { child: PhrasingContent; image: PhrasingContent };

/** Empty if the paragraph has anything else than images, with spaces and line breaks between them. */
function findOnlyImages({ children }: Paragraph): OnlyImage[] {
  const content = children.filter((child) => !isSpace(child));
  const images = content.flatMap((child) => {
    const image = imageIn(child);
    return image ? { child, image } : [];
  });
  return images.length === content.length ? images : [];
}

function isSpace(node: PhrasingContent): boolean {
  return node.type === 'break' || (node.type === 'text' && node.value.trim() === '');
}

/** Looks inside a link. */
function imageIn(node: PhrasingContent): PhrasingContent | undefined {
  if (node.type === 'image' || node.type === 'imageReference') return node;
  if (node.type !== 'link' && node.type !== 'linkReference') return undefined;
  const [child, ...others] = node.children;
  return child && others.length === 0 ? imageIn(child) : undefined;
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
