import { cslItem } from '../csl/csl.ts';
import { isArxiv, readArxivId } from '../text/arxiv.ts';
import { joinTitle } from '../text/join-title.ts';
import { readAddress } from '../text/read-address.ts';
import { normalizeDate } from './normalize-date.ts';
import { normalizeNames } from './normalize-names.ts';
import { readType } from './types.ts';

/**
 * Normalizes the CSL-JSON that programs write: numbers in place of strings, Crossref's arrays in place of strings, dates as
 * strings, and variable names of older versions. `ignored` lists the fields that the schema does not have and the variables
 * of the wrong type. A title of the wrong type is a fault instead.
 */

type NormalizedRecord = { variables: Record<string, unknown>; ignored: string[] };

const LEGACY_VARIABLES: Record<string, string> = {
  event: 'event-title',
  journalAbbreviation: 'container-title-short',
  shortTitle: 'title-short',
  subject: 'keyword',
};
const LISTS = new Set(['ISSN', 'ISBN', 'keyword']);
const NAMES = new Set(['author', 'editor', 'collection-editor', 'translator']);
const DATES = new Set(['accessed', 'event-date', 'issued', 'submitted']);

export function normalizeRecord(source: Record<string, unknown>): NormalizedRecord {
  const record = joinSubtitle(spreadEvent(source));
  const variables: Record<string, unknown> = {};
  const ignored: string[] = [];
  for (const [field, value] of Object.entries(record)) {
    const variable = LEGACY_VARIABLES[field] ?? field;
    if (value === null || value === undefined || field === 'type') continue;
    if (!Object.hasOwn(cslItem.shape, variable) || (variable !== field && record[variable] !== undefined))
      ignored.push(field);
    else variables[variable] = normalizeValue(variable, value, ignored);
  }
  const type = readType(record.type);
  if (type.isApproximate) ignored.push('type');
  return {
    variables: { ...withoutMissing(readEprint(variables)), type: type.type },
    ignored: [...new Set(ignored)],
  };
}

/** Crossref's `event` is an object with the name, place and dates of the event. */
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

/** Crossref has a list of titles and a list of subtitles. */
function joinSubtitle(record: Record<string, unknown>): Record<string, unknown> {
  const { subtitle, ...others } = record;
  const [title, sub] = [others.title, subtitle].map((value) => normalizeText('title', value));
  if (Array.isArray(subtitle) && subtitle.length === 0) return others;
  if (typeof title !== 'string' || typeof sub !== 'string') return record;
  return { ...others, title: joinTitle(title, sub.trim()) };
}

/** Zotero writes `arXiv:2201.12086` as the number, and arXiv as the publisher. */
function readEprint(variables: Record<string, unknown>): Record<string, unknown> {
  const { number, publisher, ...others } = variables;
  const id = typeof number === 'string' && /^arxiv:/i.test(number) ? readArxivId(number) : null;
  if (id === null || others.archive_location !== undefined) return variables;
  const isServer = typeof publisher === 'string' && isArxiv(publisher);
  return { ...others, ...(isServer ? {} : { publisher }), archive: 'arXiv', archive_location: id };
}

function normalizeValue(variable: string, value: unknown, ignored: string[]): unknown {
  if (NAMES.has(variable)) return normalizeNames(variable, value, ignored);
  if (DATES.has(variable)) return normalizeDate(variable, value, ignored);
  const normalized = variable === 'custom' ? value : normalizeText(variable, value);
  const isFit = variable === 'custom' ? isObject(normalized) : typeof normalized === 'string';
  const fit = variable === 'URL' && typeof normalized === 'string' ? readAddress(normalized) : normalized;
  if (variable !== 'custom' && hasMoreTexts(variable, value)) ignored.push(variable);
  if ((isFit && fit !== null) || variable === 'title') return fit;
  if (!Array.isArray(value) || value.length > 0) ignored.push(variable);
  return undefined;
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function normalizeText(variable: string, value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (!Array.isArray(value)) return value;
  const texts = value.filter((each) => typeof each === 'string');
  return LISTS.has(variable) && texts.length > 0 ? texts.join(', ') : texts[0];
}

/** Crossref's lists of titles may hold several, of which the first is read. */
function hasMoreTexts(variable: string, value: unknown): boolean {
  return Array.isArray(value) && !LISTS.has(variable) && new Set(value).size > 1;
}

function withoutMissing(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined));
}
