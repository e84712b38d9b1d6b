import type { Root } from 'mdast';
import { nodesOf } from './nodes/tree.ts';

/** The levels of HTML headings at which the headings of a text start. */
export type HeadingLevel = 2 | 3 | 4;

/** The level of the highest heading becomes `level`, and the others follow as far as HTML has levels. */
export function lowerHeadings(tree: Root, level: HeadingLevel): void {
  const headings = nodesOf(tree).filter((node) => node.type === 'heading');
  const highest = Math.min(...headings.map(({ depth }) => depth));
  for (const heading of headings) heading.depth = depthAt(heading.depth - highest + level);
}

function depthAt(level: number) {
  return ([1, 2, 3, 4, 5, 6] as const)[Math.min(level, 6) - 1] ?? 6;
}
