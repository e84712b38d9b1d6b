import { decodeCharacterReferences } from '../../../../lib/character-references.ts';

/** Converts text of registries to plain text without markup, with normalized white space and a maximum length. */

/** Joins the text into one line. Returns undefined if nothing visible is left. */
export function toLine(text: string, max: number): string | undefined {
  return truncate(collapseSpace(text), max);
}

/** Converts JATS or HTML; its blocks become paragraphs. A heading "Abstract" is removed. */
export function plainParagraphs(markup: string, max: number): string | undefined {
  const blocks = withoutTags(markup, '\n\n').split(/\n\s*\n/);
  const paragraphs = blocks.map((block) => collapseSpace(decodeCharacterReferences(block)));
  return truncate(
    paragraphs.filter((text) => text !== '' && !/^abstract[.:]?$/i.test(text)).join('\n\n'),
    max,
  );
}

/** Converts JATS or HTML to one line. */
export function plainLine(markup: string, max: number): string | undefined {
  return toLine(decodeCharacterReferences(withoutTags(markup, ' ')), max);
}

/** A tag begins with a letter, so the `<` in `p < 0.05` is text. */
const BLOCK =
  /<\/?(?:\w+:)?(?:p|sec|title|list|list-item|disp-formula|div|ul|ol|li|br|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const TAG = /<\/?[a-z][^<>]*>|<!--[^<>]*-->/gi;

function withoutTags(markup: string, between: string): string {
  return markup.replace(BLOCK, between).replace(TAG, '');
}

function collapseSpace(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function truncate(text: string, max: number): string | undefined {
  if (text.length <= max) return text === '' ? undefined : text;
  // Do not end with half of a surrogate pair.
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
