import type { Element, Node } from 'jsdom';
import { window } from './dom.ts';

const MAX_QUOTED = 80;

/** HTML, and the wrapped text of old versions of Inkscape, which only Inkscape draws. Both are removed. */
const REMOVED = ['foreignObject', 'flowRoot'];

/**
 * What HTML shows without text. Other images are never loaded, because an SVG in a page may not load files. An SVG inside HTML
 * draws its shapes.
 */
const SHOWN_WITHOUT_TEXT =
  'img[src^="data:" i], input[value], [style*="url(data:" i], svg :is(circle, ellipse, image, line, path, polygon, polyline, rect, use)';

const NEVER_SHOWN = ['script', 'style', 'template', 'title'];

/** Elements that draw something without text inside them. */
const SHAPES = ['circle', 'ellipse', 'image', 'line', 'path', 'polygon', 'polyline', 'rect', 'use'];

/** `quote`: the beginning of a text. */
export type Lost = { kind: 'text'; quote: string } | { kind: 'drawing' };

/**
 * Returns the first text or drawing in an element that is removed. Null if there is neither, or if each is in a `switch` with
 * an alternative, which is drawn instead (SVG 2, section 5.7.3).
 */
export function findLost(parent: Element): Lost | null {
  const children = [...parent.childNodes].filter(isElement);
  // Searched once, because a switch may have thousands of children.
  const needsAlternative = parent.localName === 'switch' && children.some(isRemoved);
  const lastDrawn = needsAlternative ? children.findLastIndex(isDrawn) : -1;
  for (const [at, child] of children.entries()) {
    if (isRemoved(child) && at < lastDrawn) continue;
    const lost = isRemoved(child) ? lossOf(child) : findLost(child);
    if (lost !== null) return lost;
  }
  return null;
}

function isRemoved({ localName }: Element): boolean {
  return REMOVED.includes(localName);
}

function isDrawn(element: Element): boolean {
  if (SHAPES.includes(element.localName)) return true;
  if (element.localName === 'text') return textOf(element).trim() !== '';
  if (!['a', 'g', 'svg', 'switch'].includes(element.localName)) return false;
  return [...element.childNodes].filter(isElement).some(isDrawn);
}

function lossOf(removed: Element): Lost | null {
  const text = textOf(removed).replace(/\s+/g, ' ').trim();
  if (text !== '') return { kind: 'text', quote: text.slice(0, MAX_QUOTED) };
  return [...removed.querySelectorAll(SHOWN_WITHOUT_TEXT)].length > 0 ? { kind: 'drawing' } : null;
}

function textOf(node: Node): string {
  if (!isElement(node)) {
    const isText = node.nodeType === node.TEXT_NODE || node.nodeType === node.CDATA_SECTION_NODE;
    return isText ? (node.textContent ?? '') : '';
  }
  if (NEVER_SHOWN.includes(node.localName)) return '';
  return [...node.childNodes].map(textOf).join(' ');
}

function isElement(node: Node): node is Element {
  return node instanceof window.Element;
}
