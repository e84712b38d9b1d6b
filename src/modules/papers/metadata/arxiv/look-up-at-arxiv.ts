import { askRegistry, type LookUpRun } from '../registry/ask-registry.ts';
import type { Registry } from '../registry/registry.ts';
import type { LookUpAnswer } from '../registry/registry-identifier.ts';
import { withRegistryNamed } from '../registry/unavailable.ts';
import { readFeed } from './read-arxiv-feed.ts';

/** Keeps the URL short, and the response well below the size limit. */
export const MAX_IDS_PER_REQUEST = 50;

const TRY_LATER: LookUpAnswer = { outcome: 'unavailable', reason: 'arxiv: the response cannot be parsed' };

/** https://info.arxiv.org/help/api/user-manual.html. Returns a function that finds the answer for an id. Throws Unavailable. */
export async function lookUpAtArxiv(
  run: LookUpRun,
  arxiv: Registry,
  ids: readonly string[],
): Promise<(id: string) => LookUpAnswer> {
  const query = new URLSearchParams({ id_list: ids.join(','), max_results: String(ids.length) });
  // One malformed id makes the whole request fail with status 400 and a feed that names the id.
  const text = await askRegistry(run, arxiv, `/api/query?${query}`, [400]);
  if (text === null) return () => TRY_LATER;
  const { items, refusals, isFullList } = withRegistryNamed(arxiv.name, () => readFeed(text));
  return (id) => {
    const item = items.get(id);
    if (item) return { outcome: 'found', item };
    if (refusals.length === 0) return isFullList ? { outcome: 'unknown' } : TRY_LATER;
    // The other ids are looked up again later, without the malformed one.
    const isRefused = ids.length === 1 || refusals.some((refusal) => namesId(refusal, id));
    return isRefused ? { outcome: 'unknown' } : TRY_LATER;
  };
}

function namesId(refusal: string, id: string): boolean {
  return refusal.split(/[\s,_]+/).includes(id);
}
