import type { Prisma } from '../../../database/generated/client.ts';
import { definedFields } from '../../../lib/patch.ts';
import { toAuthor } from '../authors/authors.ts';
import { type KeyedWork, workKey } from '../authors/work-key.ts';
import type { Identifier } from '../identifiers/identifier.ts';
import type { PaperPatch } from './schemas.ts';
import { sortStatuses } from './sort-statuses.ts';

/** Fields to change, as in the API; `identifiers` is the complete list after the change, in order. */
export type PaperChanges = Omit<PaperPatch, 'identifiers' | 'arxivId' | 'doi'> & {
  identifiers?: readonly Identifier[] | undefined;
};

type Columns = Partial<
  Pick<
    Prisma.PaperCreateManyInput,
    | 'title'
    | 'workKey'
    | 'authors'
    | 'hasMoreAuthors'
    | 'year'
    | 'venue'
    | 'abstract'
    | 'licence'
    | 'results'
    | 'links'
    | 'statuses'
    | 'status'
    | 'csl'
    | 'incomplete'
  >
>;

/** The columns of a paper without any data */
export const EMPTY_COLUMNS = {
  workKey: '',
  authors: [],
  hasMoreAuthors: false,
  year: null,
  venue: null,
  abstract: null,
  licence: null,
  results: [],
  links: [],
  statuses: [],
  status: null,
  csl: {},
} as const satisfies Columns;

const UNKNOWN_WORK: KeyedWork = { title: '', authors: [], venue: null, year: null };

/** Returns the columns to write. `before` is the current paper, from which the work key takes unchanged fields. */
export function paperColumns(
  { identifiers: _, authors, statuses, ...fields }: PaperChanges,
  before: KeyedWork = UNKNOWN_WORK,
): Columns {
  return {
    ...definedFields(fields),
    ...workKeyColumn({ authors, ...fields }, before),
    ...(authors === undefined ? {} : { authors: authors.map(toAuthor) }),
    ...(statuses === undefined ? {} : statusColumns(statuses)),
  };
}

/** Recomputed when one of its source fields changes. */
function workKeyColumn({ title, authors, venue, year }: PaperChanges, before: KeyedWork): Columns {
  if ([title, authors, venue, year].every((field) => field === undefined)) return {};
  return {
    workKey: workKey({
      title: title ?? before.title,
      authors: authors?.map(toAuthor) ?? before.authors,
      venue: venue === undefined ? before.venue : venue,
      year: year === undefined ? before.year : year,
    }),
  };
}

function statusColumns(inputs: NonNullable<PaperPatch['statuses']>) {
  const statuses = sortStatuses(inputs);
  return { statuses, status: statuses.at(-1)?.status ?? null };
}

/** Returns the rows of the identifiers of a paper, in order. */
export function identifierRows(paperId: string, identifiers: readonly Identifier[]) {
  return identifiers.map(({ scheme, value, version }, position) => {
    return { scheme, value, version, position, paperId };
  });
}
