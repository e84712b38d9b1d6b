import type pg from 'pg';
import { toPage } from '../../lib/page.ts';
import { keysOfScope } from '../../prepared/cache-keys.ts';
import { type NextPage, type PreparedResponse, prepareResponse } from '../../prepared/prepared-response.ts';
import {
  type Candidates,
  findCandidates,
  type HitFilter,
  type HitKey,
  MAX_CANDIDATES,
} from './find-candidates.ts';
import { correctQuery } from './query/correct-query.ts';
import { type ParsedQuery, parseQuery } from './query/parse-query.ts';
import { findScope, type Scope } from './query/scope.ts';
import { readHits } from './read-hits.ts';
import { readWithinTimeLimit } from './read-within-time-limit.ts';

export type SearchQuery = HitFilter & { q: string };

/** Searches one newsletter, or all if `newsletterSlug` is null. Returns null if the newsletter does not exist. */
export async function searchTexts(
  pool: pg.Pool,
  newsletterSlug: string | null,
  query: SearchQuery,
  nextPageOf: (key: HitKey) => NextPage,
): Promise<PreparedResponse | null> {
  return readWithinTimeLimit(pool, async (client) => {
    const scope = await findScope(client, newsletterSlug);
    if (!scope) return null;
    const { candidates, queries, correctedQuery } = await findOrCorrect(client, scope, query);
    const { data: keys, next } = toPage(candidates.keys, query.limit, (key) => key);
    const nextPage = next && nextPageOf(next);
    const body = {
      data: await readHits(client, keys, queries),
      page: { next: nextPage?.cursor ?? null },
      total: candidates.total,
      isTotalExact: candidates.total < MAX_CANDIDATES,
      correctedQuery,
      facets: { tags: candidates.tags, years: candidates.years },
    };
    return prepareResponse({
      body: JSON.stringify(body),
      keys: keysOfScope(scope.newsletterId),
      next: nextPage?.address,
    });
  });
}

type Found = { candidates: Candidates; queries: ParsedQuery[]; correctedQuery: string | null };

/** Tries corrected spellings only if nothing matches, and returns a correction only if it has matches. */
async function findOrCorrect(client: pg.ClientBase, scope: Scope, query: SearchQuery): Promise<Found> {
  const original = await find(client, scope, query, query.q);
  if (original.candidates.total > 0 || scope.configs.length === 0)
    return { ...original, correctedQuery: null };
  for (const correctedQuery of await correctQuery(client, scope, query.q)) {
    const found = await find(client, scope, query, correctedQuery);
    if (found.candidates.total > 0) return { ...found, correctedQuery };
  }
  return { ...original, correctedQuery: null };
}

async function find(client: pg.ClientBase, scope: Scope, filter: HitFilter, q: string) {
  const queries = await parseQuery(client, scope, q);
  return { queries, candidates: await findCandidates(client, scope, queries, filter) };
}
