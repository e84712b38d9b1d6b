import { decodeCharacterReferences } from '../../lib/character-references.ts';
import type { CslItem, CslName } from '../csl/csl.ts';
import { tidyLine, tidyParagraphs } from './tidy-text.ts';

/**
 * Bibliographies contain the HTML and JATS of publishers: `&amp;`, `<i>…</i>`, `<jats:p>`. The library stores plain text, so
 * markup is removed on import. On export, text that looks like markup is escaped with character references, so that it reads
 * back unchanged.
 */

/** Variables without markup: keys, and texts that are compared or requested as they are. */
const VERBATIM = new Set(['type', 'id', 'citation-key', 'URL']);
const NAMES = ['author', 'editor', 'collection-editor', 'translator'] as const;
const VERBATIM_PARTS = new Set(['ORCID']);

const REFERENCE = '&(?:#\\d{1,7}|#x[\\da-f]{1,6}|[a-z][a-z\\d]{1,31});';
const HTML =
  'i|b|u|em|strong|italic|bold|sub|sup|inf|sc|scp|tt|span|small|big|s|strike|font|a|p|div|br|h[1-6]|ul|ol|li|blockquote|title';
/** IEEE and Springer write formulas as JATS and as MathML without a prefix. */
const FORMULA =
  'inline-?formula|disp-formula|inline-?equation|equation-?source|tex-math|alternatives|math|semantics|m(?:row|i|n|o|text|space|style|padded|frac|sqrt|root|sub|sup|subsup|over|under|underover|table|tr|td)';
const TAG = `<(/?)((?:jats|mml):[\\w-]{1,40}|${HTML}|${FORMULA})((?:\\s[^<>]{0,500})?)/?>`;
const MARKUP = new RegExp(`${TAG}|${REFERENCE}`, 'gi');
const BLOCK = /^(?:jats:)?(?:p|div|br|h[1-6]|ul|ol|li|blockquote|title|sec)$/;

/** `variables` are not validated yet, so their values may have any type. */
export function withoutMarkup(variables: Record<string, unknown>): Record<string, unknown> {
  const names = NAMES.flatMap((variable): [string, unknown][] => {
    const list = variables[variable];
    return Array.isArray(list) ? [[variable, list.map(withoutMarkupIn)]] : [];
  });
  return {
    ...variables,
    ...mapTexts(variables, VERBATIM, (text, variable) =>
      decode(text, variable === 'abstract' || variable === 'note'),
    ),
    ...(typeof variables.URL === 'string' && { URL: decodeAddress(variables.URL) }),
    ...Object.fromEntries(names),
  };
}

export function withoutMarkupInText(text: string): string {
  return decode(text, false);
}

/** `&` is the only character of addresses that programs escape. Others, as in `?a=1&copy;=2`, are left alone. */
function decodeAddress(url: string): string {
  return url.replaceAll('&amp;', '&');
}

function withoutMarkupIn(name: unknown): unknown {
  if (typeof name !== 'object' || name === null) return name;
  const parts: Record<string, unknown> = { ...name };
  return { ...parts, ...mapTexts(parts, VERBATIM_PARTS, (text) => decode(text, false)) };
}

export function protectMarkup(item: CslItem): CslItem {
  const names = NAMES.flatMap((variable) => {
    const list = item[variable];
    return list === undefined ? [] : [[variable, list.map(protectName)] as const];
  });
  return { ...item, ...mapTexts(item, VERBATIM, protect), ...Object.fromEntries(names) };
}

function protectName(name: CslName): CslName {
  return { ...name, ...mapTexts(name, VERBATIM_PARTS, protect) };
}

function mapTexts(
  from: Record<string, unknown>,
  verbatim: ReadonlySet<string>,
  change: (text: string, name: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(from).flatMap(([name, text]): [string, string][] =>
      typeof text === 'string' && !verbatim.has(name) && /&[#a-z]|<[/a-z]/i.test(text)
        ? [[name, change(text, name)]]
        : [],
    ),
  );
}

/**
 * Decodes in a single pass, so that decoded references are not taken for markup. A tag is text unless it is opened and
 * closed. No-break spaces of HTML only keep browsers from collapsing white space.
 */
/** MathML repeats a formula as an annotation, in LaTeX for example. */
const ANNOTATION = /<((?:mml:)?annotation(?:-xml)?)\b[^<>]{0,500}>.{0,2000}?<\/\1>/gis;

function decode(source: string, hasParagraphs: boolean): string {
  const text = /<\/(?:mml:)?math>/i.test(source) ? source.replace(ANNOTATION, '') : source;
  const tags = new Set([...text.matchAll(MARKUP)].map(([, end = '', name = '']) => end + name.toLowerCase()));
  let isTidy = true;
  const plain = text.replace(MARKUP, (found: string, _end, tag?: string) => {
    const decoded = tag === undefined ? decodeReference(found) : decodeTag(found, tag.toLowerCase(), tags);
    if (tag === undefined ? /^\s$/.test(decoded) : decoded !== found) isTidy = false;
    return decoded;
  });
  if (isTidy) return plain;
  return hasParagraphs ? tidyParagraphs(plain) : tidyLine(plain);
}

function decodeTag(found: string, name: string, tags: ReadonlySet<string>): string {
  if (!/:|^(?:br|mspace)$/.test(name) && !(tags.has(name) && tags.has(`/${name}`))) return found;
  return BLOCK.test(name) ? '\u2029' : '';
}

function decodeReference(reference: string): string {
  const decoded = decodeCharacterReferences(reference);
  return decoded === '\u00a0' ? ' ' : decoded;
}

function protect(text: string): string {
  if (isReadAs(text, text)) return text;
  const escaped = text.replace(MARKUP, (found) => {
    if (found.startsWith('<')) return `&lt;${found.slice(1)}`;
    return decodeReference(found) === found ? found : `&amp;${found.slice(1)}`;
  });
  // Without a tag, what stands around it may become one: `<a <br>`.
  return isReadAs(escaped, text) ? escaped : text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function isReadAs(written: string, text: string): boolean {
  return decode(written, true) === text && decode(written, false) === text;
}
