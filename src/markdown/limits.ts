import type { Root } from 'mdast';
import { definitionsOf, nodesOf } from './nodes/tree.ts';

/**
 * Limits against texts that are slow to process. Parsing time is quadratic in the marks of a paragraph and in the blocks of
 * a text. The renderer recurses once or more per level. Tables and references can turn kilobytes into megabytes of HTML.
 * Within these limits, 100,000 characters take a few seconds at worst. Real texts stay far below them.
 */
const limits = {
  /** Line breaks and characters that may be markup, in the whole text. */
  marks: 5_000,
  /** The same in one block, which ends at a blank line or before a list item. */
  blockMarks: 1_000,
  /** In characters. To find bare URLs, the parser looks back from each word to the last open bracket. */
  openBlockLength: 3_000,
  /** Columns of indentation, quote markers and list markers at the start of a line. */
  lineStart: 100,
  tableCells: 20_000,
  /** Characters of URLs and titles in definitions, counted once per reference. */
  references: 200_000,
};

const inlineMark = /[*_~<[\]$\r\n]|\\\(/g;
const blockMark = /[->+.)]/g;
const cellMark = /\|/g;

const tooManyCells = `tables of more than ${limits.tableCells} cells`;

/** Where a paragraph must end: at a blank line, and before a list item. */
const blockBreak = /(?:\r\n|\n|\r)(?=[ \t]*[\r\n]| {0,3}[-*+][ \t]+\S)/;

/** Brackets whose end the parser is certain to find. */
const closedBracket = /\[[^[\]\\`<]*\]/g;

/** Indentation, and markers of quotes, lists and footnotes. */
const lineStart = /^(?:[ \t\uFEFF]|>|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$)|\[\^(?:[^\s[\]\\]|\\.)+\]:)+/gm;

/** Names what a text has too much of, to follow "it has". Null if the text can be parsed. */
export function findTextExcess(markdown: string): string | null {
  if (countMarks(markdown) > limits.marks) return `more than ${limits.marks} marks and line breaks`;
  if (lineStartsOf(markdown).some((start) => countColumns(start) > limits.lineStart)) {
    return `quotes or lists nested over more than ${limits.lineStart} columns`;
  }
  if (countMatches(markdown, cellMark) > limits.tableCells) return tooManyCells;
  const blocks = markdown.split(blockBreak);
  if (blocks.some((block) => countMarks(block) > limits.blockMarks)) {
    return `more than ${limits.blockMarks} marks and line breaks without a blank line`;
  }
  if (blocks.some((block) => block.length > limits.openBlockLength && hasOpenBracket(block))) {
    return `an open bracket among more than ${limits.openBlockLength} characters without a blank line`;
  }
  return null;
}

/** Names what a parsed text has too much of, to follow "it has". Null if the text can be rendered. */
export function findTreeExcess(tree: Root): string | null {
  if (countTableCells(tree) > limits.tableCells) return tooManyCells;
  if (measureReferences(tree) > limits.references) return 'references to very long addresses';
  return null;
}

function hasOpenBracket(block: string): boolean {
  return block.replaceAll(closedBracket, '').includes('[');
}

function countMarks(text: string): number {
  return countMatches(text, inlineMark) + countMatches(lineStartsOf(text).join(), blockMark);
}

function lineStartsOf(text: string): string[] {
  return text.match(lineStart) ?? [];
}

function countColumns(start: string): number {
  return start.replaceAll('\t', '    ').length;
}

function countMatches(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Counts cells as rendered: every row gets as many cells as the first. */
function countTableCells(tree: Root): number {
  const tables = nodesOf(tree).filter((node) => node.type === 'table');
  return tables.reduce((sum, { children }) => sum + children.length * (children[0]?.children.length ?? 0), 0);
}

function measureReferences(tree: Root): number {
  const definitions = definitionsOf(tree);
  return nodesOf(tree).reduce((sum, node) => {
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return sum;
    const definition = definitions.get(node.identifier);
    return sum + (definition?.url.length ?? 0) + (definition?.title?.length ?? 0);
  }, 0);
}
