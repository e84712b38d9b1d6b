import type { Element, Nodes as HastNodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { defaultHandlers, type Handle, type Options, toMdast } from 'hast-util-to-mdast';
import type { Emphasis, Link, Nodes, RootContent } from 'mdast';
import { textOf } from '../nodes/text-of.ts';
import { nodesOf } from '../nodes/tree.ts';
import { isEmbeddedElement, isShownElement, KEPT_ELEMENTS, losesText } from './html-names.ts';
import { escapeOtherTags } from './html-tags.ts';
import type { LeftOut } from './left-out.ts';
import { isBlock, liftBlocks } from './lift-blocks.ts';

/** Deeper HTML becomes plain text, because conversion is recursive. */
const MAX_DEPTH = 100;
/** In columns and rows. A cell with a larger span is not spread over others. */
const MAX_SPAN = 20;

/** Converts HTML to Markdown nodes, and lists in `leftOut` what has no equivalent. `line` is where the HTML starts. */
export function convertHtml(html: string, line: number, leftOut: LeftOut[]): RootContent[] {
  const tree = fromHtml(escapeOtherTags(html), { fragment: true });
  const inside = elementsIn(tree);
  leftOut.push(...inside.flatMap(({ node }) => findLeftOut(node, line)));
  for (const { node } of inside) if (node.type === 'element') limitProperties(node);
  if (inside.some(({ depth }) => depth > MAX_DEPTH)) return [toParagraph(inside.map(({ node }) => node))];
  const converted = toMdast(tree, OPTIONS);
  moveDown(converted, line);
  leftOut.push(...findLostText(inside, textOf(converted), line));
  liftBlocks(converted, leftOut);
  return converted.type === 'root' ? converted.children : [];
}

type Inside = { node: HastNodes; depth: number };

/** In document order, without the content of elements that are left out with it. */
function elementsIn(tree: HastNodes): Inside[] {
  const found: Inside[] = [];
  const waiting: Inside[] = [{ node: tree, depth: 0 }];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { node, depth } = next;
    found.push(next);
    if (!('children' in node) || (node.type === 'element' && losesText(node.tagName))) continue;
    waiting.push(...node.children.map((child) => ({ node: child, depth: depth + 1 })).toReversed());
  }
  return found;
}

function findLeftOut(node: HastNodes, firstLine: number): LeftOut[] {
  const line = lineIn(node, firstLine);
  if (node.type === 'comment') return [{ what: 'a comment', line, isTextLost: node.value.trim() !== '' }];
  if (node.type !== 'element') return [];
  const { tagName, properties } = node;
  const isEmptyFrame = isEmbeddedElement(tagName) && addressOf(node) === '';
  const isFrameLost = isEmptyFrame && (tagName === 'iframe' || node.children.length === 0);
  const isAnchor = tagName === 'a' && properties.href === undefined;
  if (isShownElement(tagName) && !isAnchor && !isEmptyFrame) return [];
  return [{ what: `<${tagName}>`, line, isTextLost: losesText(tagName) || isFrameLost }];
}

function lineIn({ position }: HastNodes, firstLine: number): number {
  return firstLine + (position?.start.line ?? 1) - 1;
}

/** The converter drops text in places where HTML does not allow any. */
function findLostText(inside: readonly Inside[], converted: string, firstLine: number): LeftOut[] {
  const shown = withoutSpace(converted);
  let at = 0;
  return inside.flatMap(({ node }) => {
    if (node.type !== 'text') return [];
    const value = withoutSpace(node.value);
    const found = shown.indexOf(value, at);
    if (found < 0) return [{ what: 'text in HTML', line: lineIn(node, firstLine), isTextLost: true }];
    at = found + value.length;
    return [];
  });
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, '');
}

/** A table of a million columns takes a few characters of HTML. `data-mdast` would tell the converter to skip an element. */
function limitProperties({ properties }: Element): void {
  delete properties.dataMdast;
  for (const name of ['colSpan', 'rowSpan']) {
    if (Number(properties[name]) > MAX_SPAN) delete properties[name];
  }
}

function toParagraph(nodes: readonly HastNodes[]): RootContent {
  const value = nodes.map((node) => (node.type === 'text' ? node.value : '')).join('');
  return { type: 'paragraph', children: [{ type: 'text', value }] };
}

function moveDown(tree: Nodes, line: number): void {
  for (const node of nodesOf(tree)) {
    const start = { line: line + (node.position?.start.line ?? 1) - 1, column: 1 };
    node.position = { start, end: start };
  }
}

const keepText: Handle = (state, node) => state.all(node);
const asBlock: Handle = (state, node) => state.toFlow(state.all(node));

/** An element that the sanitizer keeps, on a node whose content is text. */
const keepElement: Handle = (state, node) => {
  const kept: Emphasis = { type: 'emphasis', children: [], data: { hName: node.tagName } };
  return Object.assign(kept, { children: state.all(node) });
};

/** Keeps only the content of a link without an address. The text of an empty player is its address. */
function linked(handle: Handle | undefined): Handle {
  return (state, node, parent) => {
    const made = handle?.(state, node, parent);
    if (!made || Array.isArray(made) || made.type !== 'link') return made;
    if (made.url === '') return made.children;
    const isMedia = node.tagName !== 'a' && made.children.length === 0;
    return isMedia ? { ...made, children: [{ type: 'text', value: made.url }] } : made;
  };
}

/** The fallback content is the text of the link, unless it has links or blocks of its own. */
function linkedMedia(handle: Handle | undefined): Handle {
  const link = linked(handle);
  return (state, node, parent) => {
    const made = link(state, node, parent);
    const url = addressOf(node);
    if (!Array.isArray(made) || url === '') return made;
    const toMedia: Link = { type: 'link', url, children: [{ type: 'text', value: url }] };
    const isText = made[0] !== undefined && !isBlock(made[0]);
    return [toMedia, ...(isText ? [{ type: 'text' as const, value: ' ' }] : []), ...made];
  };
}

/** Of an embedded element. Empty if it has none. */
function addressOf({ properties, children }: Element): string {
  const sources = children.flatMap((child) =>
    child.type === 'element' && child.tagName === 'source' ? [child.properties.src] : [],
  );
  const address = [properties.src, ...sources].find((src) => typeof src === 'string' && src !== '');
  return typeof address === 'string' ? address : '';
}

/** Google Docs wraps a document in `<b style="font-weight:normal">`. */
function isNormalWeight({ properties }: Element): boolean {
  return /font-weight:\s*(?:normal|400)\b/i.test(String(properties.style ?? ''));
}

const keepBold: Handle = (state, node) =>
  isNormalWeight(node) ? state.all(node) : defaultHandlers.b?.(state, node);

/** An embedded page becomes a link to it. */
const linkToFrame: Handle = (_state, { properties }): Link | undefined => {
  if (typeof properties.src !== 'string' || properties.src === '') return undefined;
  const text = typeof properties.title === 'string' ? properties.title : properties.src;
  return { type: 'link', url: properties.src, children: [{ type: 'text', value: text }] };
};

/** The defaults drop the text of some elements, and follow `<base>`. */
const OPTIONS: Options = {
  document: true,
  handlers: {
    ...Object.fromEntries([...KEPT_ELEMENTS].map((name) => [name, keepElement])),
    ...Object.fromEntries(['applet', 'math', 'noembed', 'noframes'].map((name) => [name, keepText])),
    ...Object.fromEntries(['datalist', 'option', 'optgroup', 'select'].map((name) => [name, keepText])),
    ...Object.fromEntries(['caption', 'dialog', 'menu', 'summary', 'title'].map((name) => [name, asBlock])),
    a: linked(defaultHandlers.a),
    audio: linkedMedia(defaultHandlers.audio),
    video: linkedMedia(defaultHandlers.video),
    b: keepBold,
    iframe: linkToFrame,
    base: () => undefined,
  },
  nodeHandlers: { comment: () => undefined },
};
