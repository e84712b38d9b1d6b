import type { Root } from 'mdast';
import { isMediaAddress, linksOf, readMediaId } from './references.ts';

/** Addresses as editions name media by. Only we write them. */
const storedAddress = /^masthead:/i;

/**
 * Prepares the links of a tree for HTML: to `media:<id>` at the address of that media. One to a media that is
 * not known keeps its words and leads nowhere.
 */
export function placeLinks(tree: Root, addresses: ReadonlyMap<string, string>): void {
  for (const { node, url } of linksOf(tree)) {
    if (!isMediaAddress(url) && !storedAddress.test(url)) continue;
    node.data = { hProperties: { href: addresses.get(readMediaId(url) ?? '') } };
  }
}
