import type { Definition, Image, ImageReference, Link, LinkReference, Nodes, Root } from 'mdast';
import { definitionsOf, nodesOf } from './nodes/tree.ts';
import { parseMarkdown } from './parse.ts';

/** A reference in a Markdown text to a media file, by a URL that starts with `media:`. */
export type MediaReference = {
  /** The URL as written in the text. */
  address: string;
  /** In lower case. Null if the part after `media:` is not a UUID. */
  mediaId: string | null;
};

/** An image in the text. `alt` is null if it is empty. */
export type MediaImage = MediaReference & { alt: string | null };

/** A node with its URL, which may come from a definition elsewhere in the text. */
type Placed<Node> = { node: Node; url: string; title: string | null };
export type PlacedImage = Placed<Image | ImageReference>;
export type PlacedLink = Placed<Link | LinkReference>;

const mediaAddress = /^media:(.*)$/is;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;

/** Lists the media images of a text in order, including repeated ones. */
export function findMediaImages(markdown: string): MediaImage[] {
  return imagesOf(parseMarkdown(markdown).tree)
    .filter(({ url }) => isMediaAddress(url))
    .map(({ node, url }) => ({ address: url, mediaId: readMediaId(url), alt: node.alt || null }));
}

/** Lists the links to media files in a text in order, including repeated ones. */
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
