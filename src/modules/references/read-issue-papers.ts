import type pg from 'pg';
import { z } from 'zod';
import type { Representation } from '../../bibliography/representations.ts';
import { writeReferences } from '../../bibliography/write-references.ts';
import { mapYielding } from '../../lib/yield-to-event-loop.ts';
import { ANY, cacheKey } from '../../prepared/cache-keys.ts';
import type { KeyedBody } from '../../prepared/prepared-response.ts';
import { parseIssueKey, statementByKey, textsByKey } from '../delivery/read-issue.ts';
import { itemAsJson } from '../delivery/use-as-json.ts';
import { paperToCsl } from '../papers/csl/to-csl.ts';
import { presentStoredPaper, storedPaper } from '../papers/record/stored-paper.ts';

/** With more papers, the response has one cache key for all papers: proxies refuse a long Surrogate-Key header. */
const MAX_PAPER_KEYS = 40;

type Row = { newsletterId: string; issueId: string; papers: unknown };

const papersOfIssue = z.array(
  z.object({
    paper: z.unknown(),
    items: z.array(z.object({ id: z.string(), title: z.string(), anchor: z.string() })),
  }),
);

/**
 * Reads the current records of all papers in the live edition. `issue` is a number, a slug or `latest`. Returns null if
 * no such issue is published.
 */
export async function readIssuePapers(
  pool: pg.Pool,
  newsletterSlug: string,
  issue: string,
  representation: Representation,
): Promise<KeyedBody | null> {
  const key = parseIssueKey(issue);
  if (!key) return null;
  const { rows } = await pool.query<Row>(statementByKey('read issue papers', TEXTS, newsletterSlug, key));
  const [row] = rows;
  if (!row) return null;
  const papers = await mapYielding(papersOfIssue.parse(row.papers), ({ paper, items }) => {
    return { ...presentStoredPaper(paper), items };
  });
  const body =
    representation === 'json'
      ? `{"data":[${(await mapYielding(papers, (paper) => JSON.stringify(paper))).join(',')}]}`
      : await writeReferences(await mapYielding(papers, paperToCsl), representation);
  return { body, keys: keysOf(row, papers) };
}

function keysOf({ newsletterId, issueId }: Row, papers: readonly { id: string }[]): string[] {
  const ofPapers = papers.length > MAX_PAPER_KEYS ? [ANY.paper] : papers.map(({ id }) => cacheKey.paper(id));
  return [cacheKey.newsletter(newsletterId), cacheKey.issue(issueId), ...ofPapers];
}

/**
 * Lists each paper once, in the order of its first item. If a node of 0.1.0 has published the issue, `published_texts` has
 * the positions of the items.
 */
const PAPERS = `
  SELECT coalesce(json_agg(json_build_object('paper', ${storedPaper('papers')}, 'items', used.items)
    ORDER BY used.position, papers.id), '[]')
  FROM (
    SELECT paper_id, min(coalesce(use.position, place.position)) AS position,
      json_agg(${itemAsJson('item_id')}
        ORDER BY coalesce(use.position, place.position), use.item_id) AS items
    FROM published_papers AS use
    LEFT JOIN published_texts AS place ON use.position IS NULL
      AND place.issue_id = use.issue_id AND place.item_id = use.item_id
    WHERE use.issue_id = live.issue_id
    GROUP BY paper_id
  ) AS used JOIN papers ON papers.id = used.paper_id`;

function readWhere(condition: string): string {
  return `
    SELECT newsletters.id AS "newsletterId", live.issue_id AS "issueId", (${PAPERS}) AS papers
    FROM newsletters, LATERAL (
      SELECT issue_id FROM publications WHERE newsletter_id = newsletters.id ${condition}
    ) AS live
    WHERE newsletters.slug = $1`;
}

const TEXTS = textsByKey(readWhere);
