import type { Definition, Image, ImageReference, Link, LinkReference, Nodes, Root } from 'mdast';
import { parseMarkdown } from './parse.ts';
import { definitionsOf, nodesOf } from './tree.ts';

/** A media that a Markdown text refers to, by an address that begins with `media:`. */
export type MediaReference = {
  /** As in the text. */
  address: string;
  /** In lower case. Null: what follows `media:` is not a UUID. */
  mediaId: string | null;
};

/** An image of the text. `alt` is null where nothing stands between the brackets. */
export type MediaImage = MediaReference & { alt: string | null };

/** A node with its address, be it in the text or in a definition elsewhere. */
type Placed<Node> = { node: Node; url: string; title: string | null };
export type PlacedImage = Placed<Image | ImageReference>;
export type PlacedLink = Placed<Link | LinkReference>;

const mediaAddress = /^media:(.*)$/is;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** What a text shows, in its order, each as often as it stands there. */
export function findMediaImages(markdown: string): MediaImage[] {
  return imagesOf(parseMarkdown(markdown).tree)
    .filter(({ url }) => isMediaAddress(url))
    .map(({ node, url }) => ({ address: url, mediaId: readMediaId(url), alt: node.alt || null }));
}

/** What a text links to, likewise. */
export function findMediaLinks(markdown: string): MediaReference[] {
  return linksOf(parseMarkdown(markdown).tree)
    .filter(({ url }) => isMediaAddress(url))
    .map(({ url }) => ({ address: url, mediaId: readMediaId(url) }));
}

export function isMediaAddress(url: string): boolean {
  return mediaAddress.test(url);
}

export function readMediaId(url: string): string | null {
  const id = mediaAddress.exec(url)?.[1]?.toLowerCase() ?? '';
  return uuid.test(id) ? id : null;
}

export function imagesOf(tree: Root): PlacedImage[] {
  const definitions = definitionsOf(tree);
  return nodesOf(tree)
    .filter((node) => node.type === 'image' || node.type === 'imageReference')
    .map((node) => ({ node, ...targetOf(node, definitions) }));
}

export function linksOf(tree: Root): PlacedLink[] {
  const definitions = definitionsOf(tree);
  return nodesOf(tree)
    .filter((node) => node.type === 'link' || node.type === 'linkReference')
    .map((node) => ({ node, ...targetOf(node, definitions) }));
}

function targetOf(
  node: Extract<Nodes, { url: string } | { identifier: string }>,
  definitions: ReadonlyMap<string, Definition>,
): { url: string; title: string | null } {
  const target = 'url' in node ? node : definitions.get(node.identifier);
  return { url: target?.url ?? '', title: target?.title ?? null };
}
