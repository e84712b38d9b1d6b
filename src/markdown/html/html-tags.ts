import {
  isKnownElement,
  isMathElement,
  isOfficeElement,
  isPhrasingElement,
  isVoidElement,
} from './html-names.ts';

export type Tag = { name: string; isClosing: boolean };

const tag = /<(\/?)([A-Za-z][^\s/<>]*)/g;

/** In characters. Attributes beyond it are not looked at. */
const MAX_TAG_LENGTH = 200;

/** The tag that an inline HTML node consists of. Null for a comment, a declaration and the like. */
export function readTag(html: string): Tag | null {
  const [found] = html.matchAll(tag);
  if (found?.index !== 0) return null;
  return { name: (found[2] ?? '').toLowerCase(), isClosing: found[1] === '/' };
}

/** Whether a tag has an attribute with a value in quotes, which comparisons and generics do not have. */
export function hasQuotedValue(html: string): boolean {
  return /^[^>]*=\s*["']/.test(html);
}

/**
 * Escapes what looks like a tag but is none, so that it is shown: `Set<T>` names no element of HTML, and the `<b and c>` in
 * `a<b and c>d` has no end.
 */
export function escapeOtherTags(html: string): string {
  const hasMath = /<math\b/i.test(html);
  const tags = [...html.matchAll(tag)].map(({ 1: slash, 2: name = '', index }, at) => {
    return { at, index, name: name.toLowerCase(), isClosing: slash === '/' };
  });
  const opened = placesOf(tags.filter(({ isClosing }) => !isClosing).toReversed());
  const closed = placesOf(tags.filter(({ isClosing }) => isClosing));
  const isTag = ({ at, index, name, isClosing }: PlacedTag) => {
    if (isOfficeElement(name)) return true;
    if (!isKnownElement(name)) return hasMath && isMathElement(name);
    if (isVoidElement(name) || !isPhrasingElement(name)) return true;
    if (!isClosing && hasQuotedValue(html.slice(index, index + MAX_TAG_LENGTH))) return true;
    return isClosing ? (opened.get(name) ?? at) < at : (closed.get(name) ?? at) > at;
  };
  let at = 0;
  return html.replace(tag, (text) => {
    const next = tags[at++];
    return next && isTag(next) ? text : `&lt;${text.slice(1)}`;
  });
}

type PlacedTag = Tag & { at: number; index: number };

/** The place of the last tag of each name. */
function placesOf(tags: readonly PlacedTag[]): Map<string, number> {
  return new Map(tags.map(({ name, at }) => [name, at]));
}
