import { z } from 'zod';
import { SCHEMES } from '../identifiers/identifier.ts';
import { presentPaperFields } from './present.ts';
import { paperStatus } from './status-schemas.ts';

/** SQL expression that returns a paper as JSON, for raw queries. `papers` is the name or alias of the table. */
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

/** Converts the JSON that `storedPaper` returns to the id and the fields that readers see. */
export function presentStoredPaper(json: unknown) {
  const paper = stored.parse(json);
  return { id: paper.id, ...presentPaperFields(paper) };
}
