/**
 * A look at XML that builds nothing, before a parser spends memory on it. It is not strict: what is not well-formed
 * is the parser's to refuse.
 */

type Tag = { kind: 'open' | 'empty' | 'close'; name: string };

/** The local name of the first element. Null: something else comes first, or the text ends before. */
export function findRootName(text: string): string | null {
  for (const tag of walkTags(text)) return tag.kind === 'close' ? null : tag.name.replace(/^[^:]*:/, '');
  return null;
}

export function measureMarkup(text: string): { depth: number; elements: number } {
  let [depth, deepest, elements] = [0, 0, 0];
  for (const { kind } of walkTags(text)) {
    if (kind === 'close') depth -= 1;
    else elements += 1;
    if (kind === 'open') deepest = Math.max(deepest, ++depth);
  }
  return { depth: deepest, elements };
}

/** Ends at what has no end. */
function* walkTags(text: string): Generator<Tag> {
  let at = 0;
  let isBeforeRoot = true;
  for (;;) {
    const start = text.indexOf('<', at);
    if (start === -1 || (isBeforeRoot && /[^\s\uFEFF]/.test(text.slice(at, start)))) return;
    const end = findEnd(text, start);
    if (end === -1) return;
    at = end;
    if (/^<[!?]/.test(text.slice(start, start + 2))) continue;
    isBeforeRoot = false;
    yield readTag(text.slice(start, end));
  }
}

function readTag(tag: string): Tag {
  const name = /^<\/?([^\s/>]*)/.exec(tag)?.[1] ?? '';
  if (tag.startsWith('</')) return { kind: 'close', name };
  return { kind: tag.endsWith('/>') ? 'empty' : 'open', name };
}

const CLOSED_BY = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };

/** Where the piece of markup that starts here is over, or -1. */
function findEnd(text: string, start: number): number {
  for (const [opening, closing] of Object.entries(CLOSED_BY)) {
    if (text.startsWith(opening, start)) return after(text.indexOf(closing, start + opening.length), closing);
  }
  // A '>' may stand in quotes, and in the brackets of a document type.
  let [quote, brackets] = ['', 0];
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '[') brackets += 1;
    else if (character === ']') brackets -= 1;
    else if (character === '>' && brackets <= 0) return at + 1;
  }
  return -1;
}

function after(found: number, closing: string): number {
  return found === -1 ? -1 : found + closing.length;
}
