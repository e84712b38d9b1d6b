import { randomUUID } from 'node:crypto';
import type { Nodes } from 'mdast';
import { escapeHtml } from '../../lib/escape-html.ts';
import { hasText, textOf } from '../nodes/text-of.ts';
import { replaceChildren } from '../nodes/tree.ts';
import { convertHtml } from './convert-html.ts';
import type { LeftOut } from './left-out.ts';

/**
 * Converts a paragraph whose HTML has blocks, as a document that was pasted on one line, to these blocks. The HTML is parsed
 * as a whole. Nodes that Markdown made of other markup are not HTML, so `<code>` elements with unique texts take their places.
 */
export function convertParagraph(
  children: readonly Nodes[],
  line: number,
  leftOut: LeftOut[],
): readonly Nodes[] {
  const kept = new Map<string, Nodes>();
  const prefix = `kept-${randomUUID()}`;
  const html = children.map((node) => toHtml(node, kept, prefix)).join('');
  return putBack(convertHtml(html, line, leftOut), kept, prefix);
}

function toHtml(node: Nodes, kept: Map<string, Nodes>, prefix: string): string {
  if (node.type === 'html') return node.value;
  if (node.type === 'text') return escapeHtml(node.value);
  if (node.type === 'break') return '<br>\n';
  const key = `${prefix}-${kept.size}.`;
  kept.set(key, node);
  return `<code>${key}</code>`;
}

/** Where HTML has text only, as in `<pre>`, a node becomes its text. */
function putBack(
  converted: readonly Nodes[],
  kept: ReadonlyMap<string, Nodes>,
  prefix: string,
): readonly Nodes[] {
  const key = new RegExp(`(?:<code>)?(${prefix}-\\d+\\.)(?:</code>)?`, 'g');
  const textAt = (_: string, name: string) => textOf(kept.get(name) ?? { type: 'text', value: '' });
  const restore = (node: Nodes): Nodes => {
    const original = node.type === 'inlineCode' ? kept.get(node.value) : undefined;
    if (original) return original;
    return hasText(node) ? Object.assign(node, { value: node.value.replace(key, textAt) }) : node;
  };
  const root: Nodes = { type: 'root', children: [] };
  Object.assign(root, { children: converted });
  replaceChildren(root, (nodes) => nodes.map(restore));
  return root.children;
}
