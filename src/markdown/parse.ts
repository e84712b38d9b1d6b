import type { Root } from 'mdast';
import remarkCjkFriendly from 'remark-cjk-friendly';
import remarkCjkFriendlyStrikethrough from 'remark-cjk-friendly-gfm-strikethrough';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import type { LeftOut } from './html/left-out.ts';
import { replaceHtml } from './html/replace-html.ts';
import { findTextExcess, findTreeExcess } from './limits.ts';
import { makeResultCache } from './result-cache.ts';
import { settleCallouts } from './syntax/callouts.ts';
import { hasOpenFence, remarkFormulas, settleFormulas } from './syntax/remark-formulas.ts';
import { settleAddresses } from './syntax/settle-addresses.ts';

const parser = makeParser({ fences: true });
const parserWithoutFences = makeParser({ fences: false });

/** A single tilde means "about" in many languages, so only two strike text out. */
function makeParser(formulas: { fences: boolean }) {
  return unified()
    .use(remarkParse)
    .use(remarkGfm, { singleTilde: false })
    .use(remarkCjkFriendly)
    .use(remarkCjkFriendlyStrikethrough, { singleTilde: false })
    .use(remarkFormulas, formulas)
    .freeze();
}

/** The tree is shared by all callers and must not be changed. */
export type ParsedMarkdown = {
  /** Without raw HTML. */
  readonly tree: Root;
  readonly excess: string | null;
  readonly leftOut: readonly LeftOut[];
};

/**
 * In characters of Markdown: the texts of one or two issues. A tree can take a hundred times the memory of its text.
 * Saving, checking and publishing an issue need the tree of each text.
 */
const cache = makeResultCache<ParsedMarkdown>(400_000);

/** Parses GitHub Flavored Markdown. A text that exceeds a limit becomes plain paragraphs, and `excess` names the limit. */
export function parseMarkdown(markdown: string): ParsedMarkdown {
  const cached = cache.get(markdown);
  if (cached) return cached;
  const parsed = parse(markdown);
  cache.set(markdown, parsed, markdown.length);
  return parsed;
}

/** Names what a text has too much of, to follow "it has". Null if its markup is rendered. */
export function findMarkdownExcess(markdown: string): string | null {
  return parseMarkdown(markdown).excess;
}

function parse(markdown: string): ParsedMarkdown {
  const textExcess = findTextExcess(markdown);
  if (textExcess !== null) return asPlainText(markdown, textExcess);
  // The parser skips a byte order mark, and the places in the tree with it.
  const text = markdown.replace(/^\uFEFF/, '');
  const tree = readTree(text);
  settleAddresses(tree, text);
  settleFormulas(tree, text);
  settleCallouts(tree);
  const leftOut = replaceHtml(tree);
  const treeExcess = findTreeExcess(tree);
  return treeExcess === null ? { tree, excess: null, leftOut } : asPlainText(markdown, treeExcess);
}

function readTree(markdown: string): Root {
  const tree = parser.parse(markdown);
  return hasOpenFence(tree, markdown) ? parserWithoutFences.parse(markdown) : tree;
}

function asPlainText(markdown: string, excess: string): ParsedMarkdown {
  return { tree: toPlainParagraphs(markdown), excess, leftOut: [] };
}

function toPlainParagraphs(markdown: string): Root {
  const paragraphs = markdown.split(/\n{2,}/);
  return {
    type: 'root',
    children: paragraphs.map((value) => ({ type: 'paragraph', children: [{ type: 'text', value }] })),
  };
}
