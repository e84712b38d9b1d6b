import type { Root } from 'mdast';
import { definitionsOf, nodesOf } from './tree.ts';

/**
 * The parser takes time by the square of the marks in a paragraph and of the blocks in a text, the renderer a
 * stack frame or more for each level, and tables and references can make megabytes of HTML of a few kilobytes.
 * Within these limits 100,000 characters take a few seconds at worst. What people write is far below them.
 */
const limits = {
  /** Characters that may be markup and line breaks: in the text, and without a blank line or bullet between. */
  marks: 5_000,
  blockMarks: 1_000,
  /** For bare addresses the parser looks back from every word to the last bracket that is open. */
  openBlockLength: 3_000,
  /** Columns of indentation, quote and list markers before the words of a line. */
  lineStart: 100,
  tableCells: 20_000,
  /** Characters of addresses and titles, counted as often as the text refers to them. */
  references: 200_000,
};

const inlineMark = /[*_~<[\]\r\n]/g;
const blockMark = /[->+.)]/g;
const cellMark = /\|/g;

const tooManyCells = `tables of more than ${limits.tableCells} cells`;

/** Where a paragraph cannot go on: at a blank line, and where a line starts a list item. */
const blockBreak = /(?:\r\n|\n|\r)(?=[ \t]*[\r\n]| {0,3}[-*+][ \t]+\S)/;

/** Nothing within may keep the parser from seeing the end. */
const closedBracket = /\[[^[\]\\`<]*\]/g;

/** Indentation and the markers of quotes, lists and footnotes. */
const lineStart = /^(?:[ \t\uFEFF]|>|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$)|\[\^(?:[^\s[\]\\]|\\.)+\]:)+/gm;

/** What a text has too much of to be parsed, in words that follow "it has". Null: nothing. */
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

/** What a parsed text has too much of to be rendered. */
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

/** As rendered: every row has as many cells as the first. */
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
