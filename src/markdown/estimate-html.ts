import type { Definition, Nodes, Root } from 'mdast';
import { definitionsOf, nodesOf } from './nodes/tree.ts';

/** Tags around a node, with line breaks and attributes of constant length. Text has none. */
const TAGS: Partial<Record<Nodes['type'], number>> = {
  text: 0,
  break: 5,
  inlineCode: 13,
  emphasis: 13,
  strong: 17,
  delete: 11,
  definition: 0,
  link: 24,
  linkReference: 24,
  paragraph: 10,
  heading: 11,
};
/** Of any other node */
const MAX_TAGS = 100;
/** A footnote reference is a link with an id and a description, and the footnote has a link back to each of them. */
const FOOTNOTE_TAGS = 300;
/** The ids of a footnote reference that begin with the anchor of the text, and the longest anchor. */
const ANCHORS = 5 * 130;

/**
 * The length of the HTML of a tree, in characters, or somewhat more: in a fraction of the time that rendering takes.
 * References, footnotes and tables can turn kilobytes into megabytes. Images of the media library are not included.
 */
export function estimateHtmlLength(tree: Root): number {
  const targets = new Map(
    [...definitionsOf(tree)].map(([identifier, definition]) => [identifier, lengthOfTarget(definition)]),
  );
  return nodesOf(tree).reduce((sum, node) => sum + lengthOf(node, targets), 0);
}

function lengthOf(node: Nodes, targets: ReadonlyMap<string, number>): number {
  const tags = TAGS[node.type] ?? MAX_TAGS;
  switch (node.type) {
    case 'code':
      return tags + lengthOfText(node.value) + lengthOfAttribute(node.lang);
    case 'link':
      return tags + lengthOfTarget(node);
    case 'image':
      return tags + lengthOfTarget(node) + lengthOfAttribute(node.alt);
    case 'linkReference':
      return tags + (targets.get(node.identifier) ?? 0);
    case 'imageReference':
      return tags + (targets.get(node.identifier) ?? 0) + lengthOfAttribute(node.alt);
    case 'footnoteReference':
    case 'footnoteDefinition':
      return FOOTNOTE_TAGS + ANCHORS + 3 * lengthOfAttribute(node.identifier);
    case 'table':
      // Every row gets as many cells as the first.
      return tags + node.children.length * (node.children[0]?.children.length ?? 0) * MAX_CELL_TAGS;
    case 'listItem':
      return node.checked == null ? MAX_ITEM_TAGS : tags;
    case 'tableCell':
      return 0;
    default:
      return tags + ('value' in node ? lengthOfText(node.value) : 0);
  }
}

/** `<li></li>`, with line breaks around its blocks. A task has a checkbox. */
const MAX_ITEM_TAGS = 12;

/** `<td align="center"></td>` and a line break */
const MAX_CELL_TAGS = 27;

function lengthOfTarget({ url, title }: Pick<Definition, 'url' | 'title'>): number {
  return lengthOfAttribute(url) + lengthOfAttribute(title);
}

/** `&` becomes `&#x26;`, and `<` likewise. */
function lengthOfText(text: string): number {
  return text.length + 5 * countMatches(text, /[&<]/g);
}

/** In an address, a character of another script becomes up to nine characters such as `%E3%81%82`. */
function lengthOfAttribute(value: string | null | undefined): number {
  if (!value) return 0;
  return value.length + 5 * countMatches(value, specialAscii) + 8 * countMatches(value, beyondAscii);
}

const specialAscii = /[^\w./:#?=\-\u0080-\uffff]/g;
const beyondAscii = /[\u0080-\uffff]/g;

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}
