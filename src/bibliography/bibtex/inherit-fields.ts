import type { Expansion } from './expansion.ts';
import { SUBTITLES } from './fields.ts';
import type { Entry } from './scan-entries.ts';
import { scanEntries } from './scan-entries.ts';

/**
 * Adds the fields that an entry takes from other entries, which may come earlier or later in the file: all fields of those
 * that its `xdata` names, and some of the one that its `crossref` names. https://ctan.org/pkg/biblatex (data inheritance)
 */

/** Fields that an entry inherits from the entry its `crossref` names. */
const INHERITED_FIELDS = new Set([
  'editor',
  'publisher',
  'organization',
  'institution',
  'address',
  'location',
  'series',
  'volume',
  'year',
  'month',
  'date',
  'isbn',
  'issn',
  'eventtitle',
  'eventdate',
  'venue',
  'maintitle',
  'mainsubtitle',
]);
/** An entry that has one of these fields does not inherit the others. */
const ALTERNATIVES = [
  ['date', 'year'],
  ['address', 'location'],
  ['journal', 'journaltitle'],
];
/** Entries may name each other in a circle. */
const MAX_NESTING_DEPTH = 20;
/** Counted for each inherited field, besides its length, against the limit on repeated text. */
const COST_OF_FIELD = 8;

/** Entries that others name, by key. */
export type Sources = ReadonlyMap<string, Entry>;

/** Returns the entries that others name in `crossref`, and all `@xdata` entries. Yields to allow pauses. */
export function* findSources(text: string): Generator<null, Sources> {
  const named = new Set(
    [...text.matchAll(/\bcrossref\s*=\s*[{"]\s*([^}"\n]{1,300})/gi)].map(([, key = '']) => normalize(key)),
  );
  const sources = new Map<string, Entry>();
  if (named.size === 0 && !/@[ \t]*xdata\s*[{(]/i.test(text)) return sources;
  for (const entry of scanEntries(text)) {
    yield null;
    if (entry === null || 'fault' in entry || entry.key === null) continue;
    const key = normalize(entry.key);
    if ((entry.type === 'xdata' || named.has(key)) && !sources.has(key)) sources.set(key, entry);
  }
  return sources;
}

/** Adds inherited fields to the entry. Returns false if the file exceeds the limit on repeated text. */
export function inheritFields(entry: Entry, sources: Sources, expansion: Expansion, depth = 0): boolean {
  return takeXdata(entry, sources, expansion, depth) && takeCrossref(entry, sources, expansion, depth);
}

/** `xdata` stays in the entry, and is reported as ignored, if one of the entries that it names is missing. */
function takeXdata({ fields }: Entry, sources: Sources, expansion: Expansion, depth: number): boolean {
  const keys = (fields.get('xdata') ?? '').split(',').map(normalize).filter(Boolean);
  const found = keys.flatMap((key) => sources.get(key) ?? []).filter(({ type }) => type === 'xdata');
  if (depth >= MAX_NESTING_DEPTH || found.length === 0) return true;
  for (const source of found) {
    const inherited = resolve(source, sources, expansion, depth);
    if (inherited === null || !addFields(fields, [...inherited], expansion)) return false;
  }
  if (found.length === keys.length) fields.delete('xdata');
  return true;
}

function takeCrossref(
  { type, fields }: Entry,
  sources: Sources,
  expansion: Expansion,
  depth: number,
): boolean {
  const parent = sources.get(normalize(fields.get('crossref') ?? ''));
  if (parent === undefined || depth >= MAX_NESTING_DEPTH) return true;
  const given = resolve(parent, sources, expansion, depth);
  if (given === null) return false;
  fields.delete('crossref');
  const inherited = [...given].filter(([field]) => INHERITED_FIELDS.has(field));
  return addFields(fields, [...inherited, ...listContainer(type, fields, parent.type, given)], expansion);
}

/** Returns the fields of a source with those that it inherits itself, or null if the file exceeds the limit. */
function resolve(
  source: Entry,
  sources: Sources,
  expansion: Expansion,
  depth: number,
): Map<string, string> | null {
  const copy = { ...source, fields: new Map(source.fields) };
  return expansion.spend(COST_OF_FIELD) && inheritFields(copy, sources, expansion, depth + 1)
    ? copy.fields
    : null;
}

/** The title of the parent becomes the container of the child, unless the child names its own. */
function listContainer(
  type: string,
  fields: ReadonlyMap<string, string>,
  parentType: string,
  parent: ReadonlyMap<string, string>,
): [string, string][] {
  const container = nameContainer(type, parentType);
  const own = container === null || fields.has(container);
  if (own || (container === 'journal' && fields.has('journaltitle'))) return [];
  const isWork = parent.has('title');
  const title = parent.get(isWork ? 'title' : 'booktitle');
  if (title === undefined) return [];
  const subtitle = parent.get(isWork ? 'subtitle' : 'booksubtitle');
  return subtitle === undefined
    ? [[container, title]]
    : [
        [container, title],
        [SUBTITLES[container], subtitle],
      ];
}

/** The parents in several volumes are `@mvbook`, `@mvcollection`, `@mvproceedings` and `@mvreference`. */
function nameContainer(type: string, parentType: string): keyof typeof SUBTITLES | null {
  if (parentType.startsWith('mv')) return 'maintitle';
  if (type === 'article') return 'journal';
  return type === 'book' ? null : 'booktitle';
}

function addFields(
  fields: Map<string, string>,
  inherited: readonly (readonly [string, string])[],
  expansion: Expansion,
): boolean {
  const isOpen = findOpenFields(fields, inherited);
  return inherited.every(([field, value]) => {
    if (fields.has(field) || !isOpen(field)) return expansion.spend(COST_OF_FIELD);
    fields.set(field, value);
    return expansion.spend(value.length + COST_OF_FIELD);
  });
}

/** Returns a test for the fields that the entry may inherit. A month is inherited only with its year. */
function findOpenFields(
  fields: ReadonlyMap<string, string>,
  inherited: readonly (readonly [string, string])[],
): (field: string) => boolean {
  const closed = new Set(['xdata', 'ids']);
  for (const group of ALTERNATIVES) {
    if (group.some((field) => fields.has(field))) for (const field of group) closed.add(field);
  }
  const year = fields.get('year');
  const isSameYear = inherited.some(([field, value]) => field === 'year' && value === year);
  if (fields.has('date') || (year !== undefined && !isSameYear)) closed.add('month').add('day');
  return (field) => !closed.has(field);
}

function normalize(key: string): string {
  return key.trim().toLowerCase();
}
