import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { findTextExcess, findTreeExcess } from './limits.ts';

const parser = unified().use(remarkParse).use(remarkGfm).freeze();

/** GitHub's Markdown. A text that has too much of something is taken as plain paragraphs; `excess` says of what. */
export function parseMarkdown(markdown: string): { tree: Root; excess: string | null } {
  const textExcess = findTextExcess(markdown);
  if (textExcess !== null) return { tree: asPlainText(markdown), excess: textExcess };
  const tree = parser.parse(markdown);
  const treeExcess = findTreeExcess(tree);
  return treeExcess === null ? { tree, excess: null } : { tree: asPlainText(markdown), excess: treeExcess };
}

/** Why a text cannot be shown as it is meant, in words that follow "it has". Null: it can. */
export function findMarkdownExcess(markdown: string): string | null {
  return parseMarkdown(markdown).excess;
}

function asPlainText(markdown: string): Root {
  const paragraphs = markdown.split(/\n{2,}/);
  return {
    type: 'root',
    children: paragraphs.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
  };
}
