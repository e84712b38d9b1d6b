import { readAddress } from '../addresses.ts';
import { cslItem, cslName } from '../csl.ts';
import { readDate } from '../dates.ts';
import { readType } from './types.ts';

/**
 * CSL-JSON as programs write it, made strict: numbers where texts belong, lists where Crossref has more than one, dates as texts,
 * names of variables of old. What has no place in the schema is named as ignored.
 */

type Straight = { variables: Record<string, unknown>; ignored: string[] };

const NAMES_OF_OLD: Record<string, string> = {
  event: 'event-title',
  journalAbbreviation: 'container-title-short',
  shortTitle: 'title-short',
  subject: 'keyword',
};
const LISTS = new Set(['ISSN', 'ISBN', 'keyword']);
const NAMES = new Set(['author', 'editor', 'collection-editor', 'translator']);
const DATES = new Set(['accessed', 'event-date', 'issued', 'submitted']);

export function straighten(record: Record<string, unknown>): Straight {
  const variables: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [field, value] of Object.entries(record)) {
    const variable = NAMES_OF_OLD[field] ?? field;
    if (value === null) continue;
    if (!Object.hasOwn(cslItem.shape, variable) || (variable !== field && record[variable] !== undefined))
      ignored.push(field);
    else variables[variable] = straightenValue(variable, value, ignored);
  }
  const type = readType(record.type);
  if (type.isApproximate) ignored.push('type');
  return { variables: { ...withoutMissing(variables), type: type.type }, ignored: [...new Set(ignored)] };
}

function straightenValue(variable: string, value: unknown, ignored: string[]): unknown {
  if (variable === 'custom') return value;
  if (NAMES.has(variable) && Array.isArray(value))
    return value.map((name) => straightenName(variable, name, ignored));
  if (DATES.has(variable)) return straightenDate(variable, value, ignored);
  const text = straightenText(variable, value);
  if (variable !== 'URL' || typeof text !== 'string') return text;
  const address = readAddress(text);
  if (address === null) ignored.push('URL');
  return address ?? undefined;
}

function straightenText(variable: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return value;
  const texts = value.filter((each) => typeof each === 'string');
  return LISTS.has(variable) ? texts.join(', ') : texts[0];
}

/** Crossref has `name` for bodies, and affiliations. */
function straightenName(variable: string, name: unknown, ignored: string[]): unknown {
  if (typeof name === 'string') return { literal: name };
  if (typeof name !== 'object' || name === null || Array.isArray(name)) return name;
  const parts: Record<string, unknown> = {};
  for (const [part, value] of Object.entries(name)) {
    const known = part === 'name' && !('literal' in name) ? 'literal' : part;
    if (Object.hasOwn(cslName.shape, known)) parts[known] = value ?? undefined;
    else ignored.push(`${variable}.${part}`);
  }
  return withoutMissing(parts);
}

function straightenDate(variable: string, value: unknown, ignored: string[]): unknown {
  if (typeof value === 'string' || typeof value === 'number') return readDate(String(value));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const { 'date-parts': parts, literal, circa, raw, ...others } = { ...value } as Record<string, unknown>;
  for (const part of Object.keys(others)) ignored.push(`${variable}.${part}`);
  const dateParts = Array.isArray(parts)
    ? parts.map(straightenParts).filter((each) => !Array.isArray(each) || each.length > 0)
    : parts;
  const date = withoutMissing({
    'date-parts': Array.isArray(dateParts) && dateParts.length === 0 ? undefined : dateParts,
    literal,
    circa:
      circa === undefined || typeof circa === 'boolean'
        ? circa
        : Boolean(circa) && circa !== 'false' && circa !== '0',
  });
  if (date['date-parts'] === undefined && date.literal === undefined && typeof raw === 'string')
    return { ...date, ...readDate(raw) };
  return Object.keys(date).length === 0 && Object.keys(value).length > 0 ? undefined : date;
}

/** Crossref has `[[null]]` for what it does not know; citeproc-js has texts. */
function straightenParts(parts: unknown): unknown {
  if (!Array.isArray(parts)) return parts;
  const numbers = parts.map((part) =>
    typeof part === 'string' && /^-?\d+$/.test(part) ? Number(part) : part,
  );
  const end = numbers.findIndex((part) => part === null || part === '');
  return end === -1 ? numbers : numbers.slice(0, end);
}

function withoutMissing(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
