/**
 * Scans XML without building a tree, before a parser spends memory on it. The scan is lenient: the parser refuses what is
 * not well-formed.
 */

type Tag = { kind: 'open' | 'empty' | 'close'; name: string; attributes: number };

/** Returns the local name of the root element, or null if the text does not begin with an element. */
export function findRootName(text: string): string | null {
  for (const tag of walkTags(text)) return tag.kind === 'close' ? null : tag.name.replace(/^[^:]*:/, '');
  return null;
}

/** `attributes` is the largest number of attributes of one element. */
export function measureMarkup(text: string): { depth: number; elements: number; attributes: number } {
  let depth = 0;
  const most = { depth: 0, elements: 0, attributes: 0 };
  for (const { kind, attributes } of walkTags(text)) {
    if (kind === 'close') depth -= 1;
    else most.elements += 1;
    if (kind === 'open') most.depth = Math.max(most.depth, ++depth);
    most.attributes = Math.max(most.attributes, attributes);
  }
  return most;
}

/** Ends at markup that is not closed. */
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
  if (tag.startsWith('</')) return { kind: 'close', name, attributes: 0 };
  const attributes = tag.match(/=\s*["']/g)?.length ?? 0;
  return { kind: tag.endsWith('/>') ? 'empty' : 'open', name, attributes };
}

const CLOSED_BY = { '<!--': '-->', '<![CDATA[': ']]>', '<?': '?>' };

/** Returns the end of the markup that begins at `start`, or -1. */
function findEnd(text: string, start: number): number {
  for (const [opening, closing] of Object.entries(CLOSED_BY)) {
    if (text.startsWith(opening, start)) return after(text.indexOf(closing, start + opening.length), closing);
  }
  // A '>' in quotes or in the brackets of a document type does not end the markup.
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
