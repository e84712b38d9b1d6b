import type { ElementContent } from 'hast';
import type { Paragraph, Root } from 'mdast';
import { type InlineMath, mathFromMarkdown } from 'mdast-util-math';
import type { Processor } from 'unified';
import { nodesOf, sourceOf } from '../nodes/tree.ts';
import { mathSyntax } from './math-syntax.ts';

/** A unified plugin like remark-math, with the rules of `mathSyntax`. */
export function remarkFormulas(this: Processor, settings: { fences: boolean }): void {
  const data = this.data();
  data.micromarkExtensions = [...(data.micromarkExtensions ?? []), mathSyntax(settings)];
  data.fromMarkdownExtensions = [...(data.fromMarkdownExtensions ?? []), mathFromMarkdown()];
}

/** Whether a fence of dollars is not closed, so that the rest of the text is part of its formula, or is empty. */
export function hasOpenFence(tree: Root, markdown: string): boolean {
  return nodesOf(tree)
    .filter((node) => node.type === 'math')
    .some((node) => {
      const isClosed = sourceOf(node, markdown).trimEnd().endsWith('$$') && !node.value.endsWith('$$');
      return !isClosed || node.value.trim() === '';
    });
}

/**
 * Formulas in `$$` and `\[...\]` are displayed, and rendered as blocks if they are alone in their paragraph. In a table, a
 * vertical bar is written `\|`, as in code.
 */
export function settleFormulas(tree: Root, markdown: string): void {
  for (const node of nodesOf(tree)) {
    if (node.type === 'tableCell') unescapeBars(node);
    if (node.type === 'inlineMath') settleFormula(node, markdown);
    if (node.type === 'paragraph') settleParagraph(node, markdown);
  }
}

function unescapeBars(cell: Parameters<typeof nodesOf>[0]): void {
  for (const node of nodesOf(cell)) {
    if (node.type === 'inlineMath') node.value = node.value.replaceAll('\\|', '|');
  }
}

function settleFormula(formula: InlineMath, markdown: string): void {
  formula.value = formula.value.trim();
  const { properties, children } = codeElement(formula, markdown);
  formula.data = { hName: 'code', hProperties: properties, hChildren: children };
}

function settleParagraph(paragraph: Paragraph, markdown: string): void {
  const [formula, ...others] = paragraph.children;
  if (others.length > 0 || formula?.type !== 'inlineMath' || !isDisplayed(formula, markdown)) return;
  formula.value = formula.value.trim();
  paragraph.data = { hName: 'pre', hChildren: [codeElement(formula, markdown)] };
}

function codeElement(formula: InlineMath, markdown: string) {
  const style = isDisplayed(formula, markdown) ? 'math-display' : 'math-inline';
  const children: ElementContent[] = [{ type: 'text', value: formula.value }];
  return {
    ...{ type: 'element' as const, tagName: 'code', children },
    properties: { className: ['language-math', style] },
  };
}

function isDisplayed(formula: InlineMath, markdown: string): boolean {
  return /^(?:\$\$|\\\[)/.test(sourceOf(formula, markdown));
}
