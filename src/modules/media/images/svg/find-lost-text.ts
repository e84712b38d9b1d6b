import type { Element, Node } from 'jsdom';
import { window } from './dom.ts';

const MAX_QUOTED = 80;

/**
 * Returns the beginning of the first text in a `foreignObject`, which is HTML and is removed. Null if there is none, or if
 * each is in a `switch` with an alternative, which is drawn instead (SVG 2, section 5.7.3).
 */
export function findLostText(parent: Element): string | null {
  const children = [...parent.childNodes].filter(isElement);
  for (const [at, child] of children.entries()) {
    const hasAlternative = parent.localName === 'switch' && at < children.length - 1;
    if (child.localName === 'foreignObject' && hasAlternative) continue;
    const lost = child.localName === 'foreignObject' ? quote(child) : findLostText(child);
    if (lost !== null) return lost;
  }
  return null;
}

function quote(foreign: Element): string | null {
  const text = textOf(foreign).replace(/\s+/g, ' ').trim();
  return text === '' ? null : text.slice(0, MAX_QUOTED);
}

function textOf(node: Node): string {
  if (!isElement(node)) return node.nodeType === node.TEXT_NODE ? (node.textContent ?? '') : '';
  if (['script', 'style'].includes(node.localName)) return '';
  return [...node.childNodes].map(textOf).join(' ');
}

function isElement(node: Node): node is Element {
  return node instanceof window.Element;
}
