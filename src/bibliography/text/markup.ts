import type { CslItem, CslName } from '../csl/csl.ts';
import { tidyLine, tidyParagraphs } from './tidy-text.ts';

/**
 * Bibliographies contain the HTML and JATS of publishers: `&amp;`, `<i>…</i>`, `<jats:p>`. The library stores plain text, so
 * markup is removed on import. On export, text that looks like markup is escaped with character references, so that it reads
 * back unchanged.
 */

const TEXTS = [
  'title',
  'title-short',
  'container-title',
  'container-title-short',
  'collection-title',
  'publisher',
  'publisher-place',
  'event-title',
  'event-place',
  'keyword',
  'genre',
  'abstract',
  'note',
  'DOI',
] as const;
const NAMES = ['author', 'editor', 'collection-editor', 'translator'] as const;
const PARTS = ['family', 'given', 'literal'] as const;

const NAMED: Readonly<Record<string, string>> = {
  ...{ amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', ndash: '–', mdash: '—', hellip: '…' },
  ...{ lsquo: '‘', rsquo: '’', ldquo: '“', rdquo: '”', times: '×', deg: '°', middot: '·', minus: '−' },
  ...{
    auml: 'ä',
    ouml: 'ö',
    uuml: 'ü',
    Auml: 'Ä',
    Ouml: 'Ö',
    Uuml: 'Ü',
    szlig: 'ß',
    eacute: 'é',
    egrave: 'è',
  },
  ...{
    aacute: 'á',
    iacute: 'í',
    oacute: 'ó',
    uacute: 'ú',
    ntilde: 'ñ',
    ccedil: 'ç',
    oslash: 'ø',
    aring: 'å',
  },
  ...{ alpha: 'α', beta: 'β', gamma: 'γ', delta: 'δ', lambda: 'λ', mu: 'μ', pi: 'π', sigma: 'σ', omega: 'ω' },
};
const REFERENCE = `&(?:#\\d{1,7}|#x[\\da-fA-F]{1,6}|${Object.keys(NAMED).join('|')});`;
const TAG =
  '<(/?)((?:jats|mml):[\\w-]{1,40}|i|b|u|em|strong|italic|bold|sub|sup|inf|sc|scp|tt|span|p|div|br|title)((?:\\s[^<>]{0,500})?)/?>';
const MARKUP = new RegExp(`${TAG}|${REFERENCE}`, 'g');
const BLOCK = /^(?:jats:)?(?:p|div|br|title|sec)$/;

/** `variables` are not validated yet, so their values may have any type. */
export function withoutMarkup(variables: Record<string, unknown>): Record<string, unknown> {
  return {
    ...variables,
    ...mapEach(TEXTS, variables, (text, variable) =>
      decode(text, variable === 'abstract' || variable === 'note'),
    ),
    ...Object.fromEntries(
      NAMES.flatMap((variable): [string, unknown][] => {
        const names = variables[variable];
        return Array.isArray(names) ? [[variable, names.map((name) => withoutMarkupIn(name))]] : [];
      }),
    ),
  };
}

function withoutMarkupIn(name: unknown): unknown {
  if (typeof name !== 'object' || name === null) return name;
  const parts: Record<string, unknown> = { ...name };
  return { ...parts, ...mapEach(PARTS, parts, (text) => decode(text, false)) };
}

export function protectMarkup(item: CslItem): CslItem {
  const names = NAMES.flatMap((variable) => {
    const list = item[variable];
    return list === undefined ? [] : [[variable, list.map(protectName)] as const];
  });
  return { ...item, ...mapEach(TEXTS, item, protect), ...Object.fromEntries(names) };
}

function protectName(name: CslName): CslName {
  return { ...name, ...mapEach(PARTS, name, protect) };
}

function mapEach(
  variables: readonly string[],
  from: Record<string, unknown>,
  change: (text: string, variable: string) => string,
): Record<string, string> {
  return Object.fromEntries(
    variables.flatMap((variable): [string, string][] => {
      const text = from[variable];
      return typeof text === 'string' && /[&<]/.test(text) ? [[variable, change(text, variable)]] : [];
    }),
  );
}

/** Decodes in a single pass, so that decoded references are not taken for markup. An unclosed tag is text. */
function decode(text: string, hasParagraphs: boolean): string {
  const tags = new Set([...text.matchAll(MARKUP)].map(([, end = '', name]) => `${end}${name}`));
  let isTagged = false;
  const plain = text.replace(MARKUP, (found: string, _end, name?: string) => {
    if (name === undefined) return decodeReference(found);
    if (!/:|^br$/.test(name) && !(tags.has(name) && tags.has(`/${name}`))) return found;
    isTagged = true;
    return BLOCK.test(name) ? '\u2029' : '';
  });
  if (!isTagged) return plain;
  return hasParagraphs ? tidyParagraphs(plain) : tidyLine(plain);
}

function decodeReference(reference: string): string {
  const name = reference.slice(1, -1);
  if (!name.startsWith('#')) return NAMED[name] ?? reference;
  const point = /^#x/.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  const isCharacter = point >= 0x20 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
  return isCharacter ? String.fromCodePoint(point) : reference;
}

function protect(text: string): string {
  return decode(text, true) === text && decode(text, false) === text
    ? text
    : text.replace(MARKUP, (found) =>
        found.startsWith('&') ? `&amp;${found.slice(1)}` : `&lt;${found.slice(1)}`,
      );
}
