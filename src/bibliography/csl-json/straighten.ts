import { cslItem } from '../csl/csl.ts';
import { isArxiv, readArxivId } from '../text/arxiv.ts';
import { readAddress } from '../text/read-address.ts';
import { straightenDate } from './straighten-dates.ts';
import { straightenNames } from './straighten-names.ts';
import { readType } from './types.ts';

/**
 * CSL-JSON as programs write it, made strict: numbers where texts belong, lists where Crossref has more than one, dates as texts,
 * names of variables of old. What has no place in the schema is named as ignored, and so is all but a title that is of the wrong kind.
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

export function straighten(source: Record<string, unknown>): Straight {
  const record = spreadEvent(source);
  const variables: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [field, value] of Object.entries(record)) {
    const variable = NAMES_OF_OLD[field] ?? field;
    if (value === null || value === undefined || field === 'type') continue;
    if (!Object.hasOwn(cslItem.shape, variable) || (variable !== field && record[variable] !== undefined))
      ignored.push(field);
    else variables[variable] = straightenValue(variable, value, ignored);
  }
  const type = readType(record.type);
  if (type.isApproximate) ignored.push('type');
  return {
    variables: { ...withoutMissing(readEprint(variables)), type: type.type },
    ignored: [...new Set(ignored)],
  };
}

/** Crossref’s `event` has its name, its place and its dates within. */
function spreadEvent(record: Record<string, unknown>): Record<string, unknown> {
  const { event, ...others } = record;
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return record;
  const { name, location, start, ...more }: Record<string, unknown> = { ...event };
  const parts = Object.entries(more).map(([part, value]) => [`event.${part}`, value]);
  return {
    'event-title': name,
    'event-place': location,
    'event-date': start,
    ...Object.fromEntries(parts),
    ...others,
  };
}

/** Zotero has `arXiv:2201.12086` as the number of a work that arXiv brought out. */
function readEprint(variables: Record<string, unknown>): Record<string, unknown> {
  const { number, publisher, ...others } = variables;
  const id = typeof number === 'string' && /^arxiv:/i.test(number) ? readArxivId(number) : null;
  if (id === null || others.archive_location !== undefined) return variables;
  const isServer = typeof publisher === 'string' && isArxiv(publisher);
  return { ...others, ...(isServer ? {} : { publisher }), archive: 'arXiv', archive_location: id };
}

function straightenValue(variable: string, value: unknown, ignored: string[]): unknown {
  if (NAMES.has(variable)) return straightenNames(variable, value, ignored);
  if (DATES.has(variable)) return straightenDate(variable, value, ignored);
  const straight = variable === 'custom' ? value : straightenText(variable, value);
  const isFit = variable === 'custom' ? isObject(straight) : typeof straight === 'string';
  const fit = variable === 'URL' && typeof straight === 'string' ? readAddress(straight) : straight;
  if ((isFit && fit !== null) || variable === 'title') return fit;
  if (!Array.isArray(value) || value.length > 0) ignored.push(variable);
  return undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function straightenText(variable: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return value;
  const texts = value.filter((each) => typeof each === 'string');
  return LISTS.has(variable) && texts.length > 0 ? texts.join(', ') : texts[0];
}

function withoutMissing(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
