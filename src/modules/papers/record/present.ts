import { z } from 'zod';
import type { Prisma } from '../../../database/generated/client.ts';
import { paperAuthor } from '../authors/author-schemas.ts';
import { addressOf, citedIdentifiers, type Identifier } from '../identifiers/identifier.ts';
import { paperFields, paperLink, reportedResult } from './schemas.ts';
import { paperStatusEntry } from './status-schemas.ts';

/** What a paper is read with. */
export const withIdentifiers = {
  identifiers: { orderBy: { position: 'asc' } },
} as const satisfies Prisma.PaperInclude;

export type PaperRow = Prisma.PaperGetPayload<{ include: typeof withIdentifiers }>;

/** What readers are told comes of these, from whatever client they were read. */
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

/** What it says to readers. */
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
