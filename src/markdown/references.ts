import type { Image, ImageReference, Root } from 'mdast';
import { parseMarkdown } from './parse.ts';
import { definitionsOf, nodesOf } from './tree.ts';

/** An image of a Markdown text whose address begins with `media:`. */
export type MediaReference = {
  /** As in the text. */
  address: string;
  /** In lower case. Null: what follows `media:` is not a UUID. */
  mediaId: string | null;
  /** Null: nothing between the brackets. */
  alt: string | null;
};

/** An image with its address, be it in the text or in a definition elsewhere. */
export type PlacedImage = { node: Image | ImageReference; url: string; title: string | null };

const mediaAddress = /^media:(.*)$/is;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** In the order of the text, each as often as it stands there. */
export function findMediaReferences(markdown: string): MediaReference[] {
  return imagesOf(parseMarkdown(markdown).tree)
    .filter(({ url }) => mediaAddress.test(url))
    .map(({ node, url }) => ({ address: url, mediaId: readMediaId(url), alt: node.alt || null }));
}

export function readMediaId(url: string): string | null {
  const id = mediaAddress.exec(url)?.[1]?.toLowerCase() ?? '';
  return uuid.test(id) ? id : null;
}

export function imagesOf(tree: Root): PlacedImage[] {
  const definitions = definitionsOf(tree);
  return nodesOf(tree).flatMap((node) => {
    if (node.type !== 'image' && node.type !== 'imageReference') return [];
    const target = node.type === 'image' ? node : definitions.get(node.identifier);
    return { node, url: target?.url ?? '', title: target?.title ?? null };
  });
}
