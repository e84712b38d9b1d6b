import { z } from 'zod';
import type { Prisma } from '../../../database/generated/client.ts';
import { paperAuthor } from '../authors/author-schemas.ts';
import { addressOf, citedIdentifiers, type Identifier } from '../identifiers/identifier.ts';
import { paperFields, paperLink, reportedResult } from './schemas.ts';
import { paperStatusEntry } from './status-schemas.ts';

/** The relations to load with a paper */
export const withIdentifiers = {
  identifiers: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.PaperInclude;

export type PaperRow = Prisma.PaperGetPayload<{ include: typeof withIdentifiers }>;

/** The columns from which `presentPaperFields` builds its result, read by Prisma or by SQL */
export type StoredPaper = Pick<
  PaperRow,
  'title' | 'hasMoreAuthors' | 'year' | 'venue' | 'abstract' | 'licence' | 'status'
> & {
  authors: unknown;
  links: unknown;
  results: unknown;
  statuses: unknown;
  csl: unknown;
  identifiers: readonly Identifier[];
};

const columns = z.object({
  authors: z.array(paperAuthor),
  links: z.array(paperLink),
  results: z.array(reportedResult),
  statuses: z.array(paperStatusEntry),
  csl: paperFields.csl,
});

export function presentPaper(row: PaperRow) {
  return {
    id: row.id,
    ...presentPaperFields(row),
    incomplete: row.incomplete,
    revision: row.revision,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  };
}

/** Returns the fields that readers see. */
export function presentPaperFields(row: StoredPaper) {
  const { title, hasMoreAuthors, year, venue, abstract, licence, status } = row;
  const { authors, links, results, statuses, csl } = columns.parse(row);
  return {
    title,
    authors,
    hasMoreAuthors,
    ...{ year, venue, abstract },
    identifiers: presentIdentifiers(row),
    ...citedIdentifiers(row.identifiers),
    ...{ licence, results, links, status, statuses, csl },
  };
}

function presentIdentifiers({ identifiers }: StoredPaper) {
  return identifiers.map(({ scheme, value, version }) => ({
    ...{ scheme, value, version },
    url: addressOf({ scheme, value, version }),
  }));
}
