import type { Element } from 'jsdom';
import { countDrawn } from './count-drawn.ts';

/** A marker has its own clip and transformation, so it takes longer than another element. */
const COST_OF_MARKER = 4;

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

/** No vertex is shorter than two numbers, or one in a horizontal or vertical line. */
function countVertices(root: Element): number {
  let numbers = 0;
  for (const element of root.querySelectorAll('[points], [d]')) {
    const text = `${element.getAttribute('points') ?? ''} ${element.getAttribute('d') ?? ''}`;
    numbers += text.match(/[\d.]+/g)?.length ?? 0;
  }
  return numbers / 2;
}
