import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { findTextExcess, findTreeExcess } from './limits.ts';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** The tree is shared by all callers and must not be changed. */
export type ParsedMarkdown = { readonly tree: Root; readonly excess: string | null };

/**
 * Parses GitHub Flavored Markdown. A text that exceeds a limit becomes plain paragraphs, and `excess` names the limit.
 * Recent texts are cached, because publishing an issue parses each text several times: for figures, word counts and HTML.
 */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const cached = cache.get(markdown);
  if (cached) return cached;
  const parsed = parse(markdown);
  addToCache(markdown, parsed);
  return parsed;
}

/** Names what a text has too much of, to follow "it has". Null if its markup is rendered. */
export function findMarkdownExcess(markdown: string): string | null {
  return parseMarkdown(markdown).excess;
}

function parse(markdown: string): ParsedMarkdown {
  const textExcess = findTextExcess(markdown);
  if (textExcess !== null) return { tree: toPlainParagraphs(markdown), excess: textExcess };
  const tree = parser.parse(markdown);
  const treeExcess = findTreeExcess(tree);
  return treeExcess === null
    ? { tree, excess: null }
    : { tree: toPlainParagraphs(markdown), excess: treeExcess };
}

function toPlainParagraphs(markdown: string): Root {
  const paragraphs = markdown.split(/\n{2,}/);
  return {
    type: 'root',
    children: paragraphs.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
  };
}

const cache = new Map<string, ParsedMarkdown>();
/** In characters: the texts of one or two issues. A tree can take a hundred times the memory of its text. */
const MAX_CACHED_LENGTH = 300_000;
let cachedLength = 0;

function addToCache(markdown: string, parsed: ParsedMarkdown): void {
  cache.set(markdown, parsed);
  cachedLength += markdown.length;
  for (const oldest of cache.keys()) {
    if (cachedLength <= MAX_CACHED_LENGTH) return;
    cache.delete(oldest);
    cachedLength -= oldest.length;
  }
}
