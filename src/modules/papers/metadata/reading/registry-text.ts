/** Converts text of registries to plain text without markup, with normalized white space and a maximum length. */

/** Joins the text into one line. Returns undefined if nothing visible is left. */
export function toLine(text: string, max: number): string | undefined {
  return truncate(collapseSpace(text), max);
}

/** Converts JATS or HTML; its blocks become paragraphs. A heading "Abstract" is removed. */
export function plainParagraphs(markup: string, max: number): string | undefined {
  const blocks = withoutTags(markup, '\n\n').split(/\n\s*\n/);
  const paragraphs = blocks.map((block) => collapseSpace(decodeReferences(block)));
  return truncate(
    paragraphs.filter((text) => text !== '' && !/^abstract[.:]?$/i.test(text)).join('\n\n'),
    max,
  );
}

/** Converts JATS or HTML to one line. */
export function plainLine(markup: string, max: number): string | undefined {
  return toLine(decodeReferences(withoutTags(markup, ' ')), max);
}

/** Decodes the five entities of XML, `&nbsp;`, and numeric references. The result is not decoded again. */
export function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,4}));/gi, (whole, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const point = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
  });
}

const NAMED: Readonly<Record<string, string>> = Object.assign(Object.create(null), {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
});

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
