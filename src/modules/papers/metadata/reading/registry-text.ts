/** Text of registries, made fit for a field: without markup, in the white space of ordinary prose, within its length. */

/** On one line. Undefined: nothing to see in it. */
export function fold(text: string, max: number): string | undefined {
  return cut(foldSpace(text), max);
}

/** Of JATS or HTML; its blocks become paragraphs. A heading that says no more than "Abstract" goes. */
export function plainParagraphs(markup: string, max: number): string | undefined {
  const blocks = withoutTags(markup, '\n\n').split(/\n\s*\n/);
  const paragraphs = blocks.map((block) => foldSpace(decodeReferences(block)));
  return cut(paragraphs.filter((text) => text !== '' && !/^abstract[.:]?$/i.test(text)).join('\n\n'), max);
}

/** Of JATS or HTML, on one line. */
export function plainLine(markup: string, max: number): string | undefined {
  return fold(decodeReferences(withoutTags(markup, ' ')), max);
}

/** The five of XML, the space that HTML has a name for, and numbers. Once: what they make is text. */
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

/** Tags begin with a letter: that of `p < 0.05` is text. */
const BLOCK =
  /<\/?(?:\w+:)?(?:p|sec|title|list|list-item|disp-formula|div|ul|ol|li|br|h[1-6])(?:\s[^<>]*)?\/?>/gi;
const TAG = /<\/?[a-z][^<>]*>|<!--[^<>]*-->/gi;

function withoutTags(markup: string, between: string): string {
  return markup.replace(BLOCK, between).replace(TAG, '');
}

function foldSpace(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

function cut(text: string, max: number): string | undefined {
  if (text.length <= max) return text === '' ? undefined : text;
  // Half a pair is no text.
  return `${text.slice(0, max - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
