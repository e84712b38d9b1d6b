import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { findTextExcess, findTreeExcess } from './limits.ts';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** Not to be changed: others may be handed the same tree. */
export type ParsedMarkdown = { readonly tree: Root; readonly excess: string | null };

/**
 * GitHub's Markdown. A text that has too much of something is taken as plain paragraphs; `excess` says of what.
 * The last texts are remembered: to publish an issue is to look at each several times, for its figures, its
 * words and its HTML.
 */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const known = remembered.get(markdown);
  if (known) return known;
  const parsed = parse(markdown);
  remember(markdown, parsed);
  return parsed;
}

/** Why a text cannot be shown as it is meant, in words that follow "it has". Null: it can. */
export function findMarkdownExcess(markdown: string): string | null {
  return parseMarkdown(markdown).excess;
}

function parse(markdown: string): ParsedMarkdown {
  const textExcess = findTextExcess(markdown);
  if (textExcess !== null) return { tree: asPlainText(markdown), excess: textExcess };
  const tree = parser.parse(markdown);
  const treeExcess = findTreeExcess(tree);
  return treeExcess === null ? { tree, excess: null } : { tree: asPlainText(markdown), excess: treeExcess };
}

function asPlainText(markdown: string): Root {
  const paragraphs = markdown.split(/\n{2,}/);
  return {
    type: 'root',
    children: paragraphs.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
  };
}

const remembered = new Map<string, ParsedMarkdown>();
/** Characters of the texts of an issue or two. A tree takes up to a hundred times the memory of its text. */
const MOST_REMEMBERED = 300_000;
let length = 0;

function remember(markdown: string, parsed: ParsedMarkdown): void {
  remembered.set(markdown, parsed);
  length += markdown.length;
  for (const oldest of remembered.keys()) {
    if (length <= MOST_REMEMBERED) return;
    remembered.delete(oldest);
    length -= oldest.length;
  }
}
