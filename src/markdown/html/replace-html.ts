import type { Nodes, Root } from 'mdast';
import { holdsBlocks, lineOf, replaceChildren } from '../nodes/tree.ts';
import { convertHtml } from './convert-html.ts';
import { convertParagraph } from './convert-paragraph.ts';
import { foldInlineHtml, hasBlockElement } from './fold-inline-html.ts';
import type { LeftOut } from './left-out.ts';
import { isBlock, isEmptyParagraph } from './lift-blocks.ts';

/**
 * Replaces raw HTML by the Markdown nodes that mean the same, so that everything that reads a text sees its images, links
 * and words. Returns what has no equivalent.
 */
export function replaceHtml(tree: Root): LeftOut[] {
  const leftOut: LeftOut[] = [];
  replaceChildren(tree, (children, parent) => {
    if (holdsBlocks(parent)) {
      const blocks = convertBlocks(children, leftOut);
      if (parent.type === 'listItem' && hasParagraphs(blocks)) parent.spread = true;
      return blocks;
    }
    const isDocument = parent.type === 'paragraph' && hasBlockElement(children);
    return isDocument
      ? convertParagraph(children, lineOf(parent), leftOut)
      : foldInlineHtml(children, leftOut);
  });
  return leftOut.toSorted((a, b) => a.line - b.line);
}

function convertBlocks(children: readonly Nodes[], leftOut: LeftOut[]): readonly Nodes[] {
  return children.flatMap((node): readonly Nodes[] => {
    if (node.type === 'paragraph' && node.children.length === 0) return [];
    if (node.type === 'paragraph' && node.children.some(isBlock)) return withoutEmpty(node.children);
    return node.type === 'html' ? withoutEmpty(convertHtml(node.value, lineOf(node), leftOut)) : [node];
  });
}

/** In a list item that is not spread, paragraphs become lines of text. */
function hasParagraphs(blocks: readonly Nodes[]): boolean {
  return blocks.filter(({ type }) => type === 'paragraph').length > 1;
}

function withoutEmpty(blocks: readonly Nodes[]): readonly Nodes[] {
  return blocks.filter((block) => !isEmptyParagraph(block));
}
