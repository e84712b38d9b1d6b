import type { Element } from 'jsdom';
import { countDrawn } from './count-drawn.ts';

/** A marker has its own clip and transformation, so it takes longer than another element. */
const COST_OF_MARKER = 4;

/** SVG 2, section 9.3.9. A dot or a sign may separate two numbers: `l.1.1-2` has three. */
const NUMBER = /(?:\d*\.\d+|\d+)(?:e[+-]?\d+)?/gi;
const COMMAND = /([achlmqstvz])([^achlmqstvz]*)/gi;

/** The fewest numbers that a command of a path takes for a vertex. The flags of an arc may be written without separators. */
const NUMBERS_PER_VERTEX: Record<string, number> = { h: 1, v: 1, m: 2, l: 2, t: 2, q: 4, s: 4, a: 5, c: 6 };

/**
 * The markers that the drawing can have at most, weighted by their cost: a marker is drawn at each vertex. Which lines
 * have markers depends on style sheets and inheritance, so all lines count if there is a marker.
 */
export function countMarkers(root: Element): number {
  const markers = [...root.querySelectorAll('marker')];
  if (markers.length === 0) return 0;
  const largest = Math.max(...markers.map(countDrawn));
  return COST_OF_MARKER * largest * countVertices(root);
}

function countVertices(root: Element): number {
  let vertices = 0;
  for (const element of root.querySelectorAll('[points], [d]')) {
    vertices += countNumbers(element.getAttribute('points') ?? '') / 2;
    for (const [, command = '', numbers = ''] of (element.getAttribute('d') ?? '').matchAll(COMMAND)) {
      // Closing a path draws a line, and so a vertex, without numbers.
      if (command.toLowerCase() === 'z') vertices += 1;
      else vertices += countNumbers(numbers) / (NUMBERS_PER_VERTEX[command.toLowerCase()] ?? 1);
    }
  }
  return vertices;
}

function countNumbers(text: string): number {
  return text.match(NUMBER)?.length ?? 0;
}
