import type { Prisma } from '../../database/generated/client.ts';
import { definedFields } from '../../patch.ts';
import { toAuthor } from './authors.ts';
import type { PaperPatch } from './schemas.ts';
import { sortStatuses } from './status-schemas.ts';
import { titleKey } from './title-key.ts';

type Columns = Partial<
  Pick<
    Prisma.PaperCreateManyInput,
    | 'title'
    | 'titleKey'
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
  ...{ titleKey: '', hasMoreAuthors: false, year: null, venue: null, abstract: null, licence: null },
  ...{ authors: [], results: [], links: [], statuses: [], status: null, csl: {} },
} as const satisfies Columns;

/** What of the input stands in the row of the paper; identifiers have rows of their own. */
export function paperColumns(input: PaperPatch): Columns {
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
    ...(title === undefined ? {} : { title, titleKey: titleKey(title) }),
    ...(authors === undefined ? {} : { authors: authors.map(toAuthor) }),
    ...(statuses === undefined ? {} : statusColumns(statuses)),
    ...(incomplete === undefined ? {} : { incomplete, completeAt: null }),
  };
}

function statusColumns(inputs: NonNullable<PaperPatch['statuses']>) {
  const statuses = sortStatuses(inputs);
  return { statuses, status: statuses.at(-1)?.status ?? null };
}
