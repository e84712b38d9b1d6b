import type { Expansion } from './expansion.ts';
import type { Entry } from './scan-entries.ts';
import { scanEntries } from './scan-entries.ts';

/** Fields that an entry inherits from the entry its `crossref` names, which may come earlier or later in the file. */
const INHERITED_FIELDS = [
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
];

export type Parents = ReadonlyMap<string, Entry>;

/** Returns the entries that others name in `crossref`, by key. */
export function findParents(text: string): Parents {
  const named = new Set(
    [...text.matchAll(/\bcrossref\s*=\s*[{"]\s*([^}"\n]{1,300})/gi)].map(([, key = '']) => normalize(key)),
  );
  const parents = new Map<string, Entry>();
  if (named.size === 0) return parents;
  for (const entry of scanEntries(text)) {
    if ('fields' in entry && entry.key !== null && named.has(normalize(entry.key)))
      parents.set(normalize(entry.key), entry);
  }
  return parents;
}

/** Adds inherited fields to the entry. Returns false if the file exceeds the limit on repeated text. */
export function inheritFields({ type, fields }: Entry, parents: Parents, expansion: Expansion): boolean {
  const parent = parents.get(normalize(fields.get('crossref') ?? ''));
  if (parent === undefined) return true;
  fields.delete('crossref');
  const title = ['title', 'booktitle']
    .map((field) => parent.fields.get(field))
    .find((value) => value !== undefined);
  const inherited: [string, string | undefined][] = INHERITED_FIELDS.map((field) => [
    field,
    parent.fields.get(field),
  ]);
  if (type !== 'book') inherited.push([type === 'article' ? 'journal' : 'booktitle', title]);
  return inherited.every(([field, value]) => {
    if (value === undefined || fields.has(field)) return true;
    fields.set(field, value);
    return expansion.spend(value.length);
  });
}

function normalize(key: string): string {
  return key.trim().toLowerCase();
}
