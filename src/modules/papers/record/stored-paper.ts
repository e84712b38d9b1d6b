import { z } from 'zod';
import { SCHEMES } from '../identifiers/identifier.ts';
import { presentPaperFields } from './present.ts';
import { paperStatus } from './status-schemas.ts';

/** SQL of a paper as JSON, in statements past Prisma; `papers` is the name of its table or of an alias. */
export function storedPaper(papers: string): string {
  return `json_build_object(
    'id', ${papers}.id, 'title', ${papers}.title, 'authors', ${papers}.authors,
    'hasMoreAuthors', ${papers}.has_more_authors, 'year', ${papers}.year, 'venue', ${papers}.venue,
    'abstract', ${papers}.abstract, 'licence', ${papers}.licence, 'results', ${papers}.results,
    'links', ${papers}.links, 'status', ${papers}.status, 'statuses', ${papers}.statuses, 'csl', ${papers}.csl,
    'identifiers', (
      SELECT coalesce(json_agg(json_build_object('scheme', scheme, 'value', value, 'version', version)
        ORDER BY position), '[]')
      FROM paper_identifiers WHERE paper_id = ${papers}.id))`;
}

const stored = z.object({
  id: z.string(),
  title: z.string(),
  authors: z.unknown(),
  hasMoreAuthors: z.boolean(),
  year: z.int().nullable(),
  venue: z.string().nullable(),
  abstract: z.string().nullable(),
  licence: z.string().nullable(),
  results: z.unknown(),
  links: z.unknown(),
  status: paperStatus.nullable(),
  statuses: z.unknown(),
  csl: z.unknown(),
  identifiers: z.array(z.object({ scheme: z.enum(SCHEMES), value: z.string(), version: z.int().nullable() })),
});

/** What the SQL above gives, as readers are told it. */
export function presentStoredPaper(json: unknown) {
  const paper = stored.parse(json);
  return { id: paper.id, ...presentPaperFields(paper) };
}
