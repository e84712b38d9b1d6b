import type { Break, Html, Nodes, Text } from 'mdast';
import { textOf } from '../nodes/text-of.ts';
import { lineOf, nodesOf } from '../nodes/tree.ts';
import { convertHtml } from './convert-html.ts';
import {
  isBlockElement,
  isEmbeddedElement,
  isKnownElement,
  isPhrasingElement,
  isShownElement,
  isVoidElement,
  losesText,
} from './html-names.ts';
import { hasQuotedValue, readTag } from './html-tags.ts';
import type { LeftOut } from './left-out.ts';

/**
 * Replaces the HTML within a line of text. Markdown has a node for each tag, with the content of the element between them.
 * What names no element, or has no end tag, is shown as it was written.
 */
export function foldInlineHtml(children: readonly Nodes[], leftOut: LeftOut[]): readonly Nodes[] {
  if (!children.some(({ type }) => type === 'html')) return children;
  const ends = pairTags(children);
  return withoutOuterBreaks(fold(0, children.length, false));

  function fold(start: number, end: number, inMath: boolean): Nodes[] {
    const folded: Nodes[] = [];
    for (let at = start; at < end; at++) {
      const node = children[at];
      const close = ends.get(at);
      if (node?.type !== 'html') folded.push(...(node ? [node] : []));
      else if (close === undefined) folded.push(...convertSingle(node, inMath, leftOut));
      else {
        const name = readTag(node.value)?.name ?? '';
        const content = fold(at + 1, close, inMath || name === 'math');
        const source = isEmbeddedElement(name) ? sourceIn(children.slice(at + 1, close)) : '';
        folded.push(...convertElement(node, name, { content, source }, leftOut));
        at = close;
      }
    }
    return folded;
  }
}

/** Whether there is an element that Markdown has a block for, with its end. */
export function hasBlockElement(children: readonly Nodes[]): boolean {
  const names = [...pairTags(children).keys()].map((at) => nameAt(children, at));
  return names.some(isBlockElement);
}

function nameAt(children: readonly Nodes[], at: number): string {
  const node = children[at];
  return node?.type === 'html' ? (readTag(node.value)?.name ?? '') : '';
}

/** Maps the index of each start tag to that of its end tag. */
function pairTags(children: readonly Nodes[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: { name: string; at: number }[] = [];
  for (const [at, node] of children.entries()) {
    const tag = node.type === 'html' ? readTag(node.value) : null;
    if (!tag || !isKnownElement(tag.name) || isVoidElement(tag.name)) continue;
    if (!tag.isClosing) {
      open.push({ name: tag.name, at });
      continue;
    }
    const start = open.findLastIndex(({ name }) => name === tag.name);
    const [element] = start < 0 ? [] : open.splice(start);
    if (element) ends.set(element.at, at);
  }
  return ends;
}

/** A comment, an element without content, or a tag without its counterpart. */
function convertSingle(node: Html, inMath: boolean, leftOut: LeftOut[]): Nodes[] {
  const tag = readTag(node.value);
  if (tag?.name === 'br' || tag?.name === 'hr') return [lineBreak(node)];
  if (!tag || isVoidElement(tag.name)) return toPhrasing(convertHtml(node.value, lineOf(node), leftOut));
  if (inMath && !isKnownElement(tag.name)) return [];
  if (!isKnownElement(tag.name)) return [asText(node)];
  if (isPhrasingElement(tag.name)) {
    if (!hasQuotedValue(node.value)) return [asText(node)];
    leftOut.push(leftOutTag(node, tag.name));
    return [];
  }
  if (tag.isClosing) return [];
  if (isEmbeddedElement(tag.name)) return toPhrasing(convertHtml(node.value, lineOf(node), leftOut));
  if (!isShownElement(tag.name) || needsEndTag(tag.name)) leftOut.push(leftOutTag(node, tag.name));
  return [lineBreak(node)];
}

type Content = { content: Nodes[]; source: string };

function convertElement(node: Html, name: string, { content, source }: Content, leftOut: LeftOut[]): Nodes[] {
  if (losesText(name)) {
    leftOut.push({ ...leftOutTag(node, name), isTextLost: true });
    return [];
  }
  if (!isPhrasingElement(name) && !isEmbeddedElement(name)) {
    if (!isShownElement(name)) leftOut.push(leftOutTag(node, name));
    return [lineBreak(node), ...content, lineBreak(node)];
  }
  const found: LeftOut[] = [];
  const [element] = toPhrasing(convertHtml(`${node.value}${source}</${name}>`, lineOf(node), found));
  leftOut.push(...found.map((one) => ({ ...one, isTextLost: one.isTextLost && content.length === 0 })));
  if (element?.type === 'inlineCode') return [{ ...element, value: content.map(textOf).join('') }];
  if (!element || !('children' in element)) return [...(element ? [element] : []), ...content];
  if (content.length === 0) return [element];
  return isEmbeddedElement(name)
    ? fillMedia(element, content)
    : [Object.assign(element, { children: content })];
}

/** A link cannot be within a link, so fallback content with a link follows the link to the media. */
function fillMedia(link: Nodes, content: readonly Nodes[]): Nodes[] {
  const hasLink = content.some((part) => nodesOf(part).some(({ type }) => type === 'link'));
  if (hasLink) return [link, { type: 'text', value: ' ' }, ...content];
  return [Object.assign(link, { children: withoutOuterBreaks(content) })];
}

/** The first `<source>` tag with an address. The others have the same recording in other formats. */
function sourceIn(children: readonly Nodes[]): string {
  const source = children.find(
    (node) => node.type === 'html' && readTag(node.value)?.name === 'source' && /\ssrc\s*=/i.test(node.value),
  );
  return source?.type === 'html' ? source.value : '';
}

/** Without its end tag, the element is more likely one that the text is about. */
function needsEndTag(name: string): boolean {
  return isBlockElement(name) && name !== 'p';
}

function leftOutTag(node: Html, name: string): LeftOut {
  return { what: `<${name}>`, line: lineOf(node), isTextLost: false };
}

/** Replaces paragraphs by their content, because a line of text cannot hold them. */
function toPhrasing(nodes: readonly Nodes[]): Nodes[] {
  return nodes.flatMap((node): Nodes[] => (node.type === 'paragraph' ? node.children : [node]));
}

function asText({ value, position }: Html): Text {
  return { type: 'text', value, ...(position ? { position } : {}) };
}

function lineBreak({ position }: Html): Break {
  return { type: 'break', ...(position ? { position } : {}) };
}

function withoutOuterBreaks(nodes: readonly Nodes[]): readonly Nodes[] {
  const isText = ({ type }: Nodes) => type !== 'break';
  return nodes.slice(Math.max(0, nodes.findIndex(isText)), nodes.findLastIndex(isText) + 1);
}
