import type { Prisma } from '../../../database/generated/client.ts';
import { definedFields } from '../../../lib/patch.ts';
import { toAuthor } from '../authors/authors.ts';
import { type KeyedWork, workKey } from '../authors/work-key.ts';
import type { PaperPatch } from './schemas.ts';
import { sortStatuses } from './sort-statuses.ts';

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
    | 'completeAt'
  >
>;

/** What a row says where the input says nothing. */
export const EMPTY_COLUMNS = {
  ...{ workKey: '', hasMoreAuthors: false, year: null, venue: null, abstract: null, licence: null },
  ...{ authors: [], results: [], links: [], statuses: [], status: null, csl: {} },
} as const satisfies Columns;

/** Of a paper that is not there yet. */
const NOTHING: KeyedWork = { title: '', authors: [], venue: null, year: null };

/** What of the input stands in the row of the paper; identifiers have rows of their own. */
export function paperColumns(input: PaperPatch, known: KeyedWork = NOTHING): Columns {
  const {
    identifiers: _all,
    arxivId: _arxivId,
    doi: _doi,
    title,
    authors,
    statuses,
    incomplete,
    ...rest
  } = input;
  return {
    ...definedFields(rest),
    ...(title === undefined ? {} : { title }),
    ...(authors === undefined ? {} : { authors: authors.map(toAuthor) }),
    ...keyColumn(input, known),
    ...(statuses === undefined ? {} : statusColumns(statuses)),
    ...(incomplete === undefined ? {} : { incomplete, completeAt: null }),
  };
}

/** Made anew where the input changes what it is made of. */
function keyColumn({ title, authors, venue, year }: PaperPatch, known: KeyedWork): Columns {
  if ([title, authors, venue, year].every((part) => part === undefined)) return {};
  return {
    workKey: workKey({
      title: title ?? known.title,
      authors: authors?.map(toAuthor) ?? known.authors,
      venue: venue === undefined ? known.venue : venue,
      year: year === undefined ? known.year : year,
    }),
  };
}

function statusColumns(inputs: NonNullable<PaperPatch['statuses']>) {
  const statuses = sortStatuses(inputs);
  return { statuses, status: statuses.at(-1)?.status ?? null };
}
