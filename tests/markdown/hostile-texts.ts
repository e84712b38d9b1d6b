/** Markdown whose parsing time grows faster than its length. `length` is in characters. */

const repeat = (part: string, length: number) =>
  part.repeat(Math.ceil(length / part.length)).slice(0, length);

const nest = (open: string, close: string, length: number) => {
  const depth = Math.floor(length / (open.length + close.length));
  return `${open.repeat(depth)}x${close.repeat(depth)}`;
};

export const HOSTILE_TEXTS: Record<string, (length: number) => string> = {
  'an address that ends in dots': (length) => `https://a.b/${repeat('.', length)}x`,
  'an address with character references': (length) => `https://a.b/${repeat('&a', length)}`,
  'an address that ends in brackets': (length) => `https://a.b/${repeat(')', length)}x`,
  'mail addresses': (length) => repeat('a@b.c ', length),
  'words joined by dots': (length) => repeat('a.', length),
  'web addresses in a row': (length) => repeat('www.a.b/c,', length),
  'a fence and escaped backticks': (length) => `\`\`\`${repeat('\\``a ', length)}`,
  'backtick runs of growing length': (length) => {
    const runs = Array.from({ length: Math.floor(Math.sqrt(2 * length)) }, (_, at) => '`'.repeat(at + 1));
    return runs.join('a');
  },
  'code spans': (length) => repeat('`a', length),
  'a bracket with character references': (length) => `[${repeat('&a', length)}]`,
  'an open bracket with words': (length) => repeat(`[${'h '.repeat(1_490)}\n\n`, length),
  'emphasis that is never closed': (length) => repeat(`${'*a '.repeat(900)}\n\n`, length),
  'emphasis in emphasis': (length) => repeat(`${nest('*a ', ' a*', 2_900)}\n\n`, length),
  'links in links': (length) => repeat(`${nest('[', '](u)', 1_200)}\n\n`, length),
  'images in images': (length) => repeat(`${nest('![', '](u)', 1_200)}\n\n`, length),
  'quotes in quotes': (length) => repeat(`${'>'.repeat(99)}a\n\n`, length),
  'lists in lists': (length) => repeat(`${'- '.repeat(48)}a\n\n`, length),
  headings: (length) => repeat('a\n=\n\n', length),
  tables: (length) => repeat(`${'|a'.repeat(90)}\n${'|-'.repeat(90)}\n${'|\n'.repeat(90)}\n`, length),
  'escapes and entities': (length) => repeat('\\*&amp;', length),
  'footnotes and definitions': (length) => repeat('[^a]\n\n[^a]: b\n\n[c]: d\n\n', length),
  'declarations and comments that are never closed': (length) => repeat('<!a <!-- <![CDATA[ <? ', length),
  'tags that are never closed': (length) => repeat('<a b="', length),
};
