import type { Root } from 'mdast';
import { isMediaAddress, linksOf, readMediaId } from './references.ts';

/** The scheme of media URLs in stored editions, which authors must not use. */
const storedAddress = /^masthead:/i;

/**
 * Prepares the links of a tree for rendering. A link to `media:<id>` gets the URL of that media file. If the file is unknown,
 * the link keeps its text but has no URL.
 */
export function placeLinks(tree: Root, addresses: ReadonlyMap<string, string>): void {
  for (const { node, url } of linksOf(tree)) {
    if (!isMediaAddress(url) && !storedAddress.test(url)) continue;
    node.data = { hProperties: { href: addresses.get(readMediaId(url) ?? '') } };
  }
}
