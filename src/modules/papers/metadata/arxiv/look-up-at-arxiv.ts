import { askRegistry, type Visit } from '../registry/ask-registry.ts';
import type { Registry } from '../registry/registry.ts';
import { withRegistryNamed } from '../registry/unavailable.ts';
import type { Found } from '../registry/wanted.ts';
import { readFeed } from './read-arxiv-feed.ts';

/** Ids of one request: its address stays short, and an answer far from the limit of its bytes. */
export const MOST_IDS = 50;

const TRY_LATER: Found = { outcome: 'unavailable', reason: 'arxiv: an answer that cannot be read' };

/** https://info.arxiv.org/help/api/user-manual.html. What it found of an id; throws Unavailable. */
export async function lookUpAtArxiv(
  visit: Visit,
  arxiv: Registry,
  ids: readonly string[],
): Promise<(id: string) => Found> {
  const query = new URLSearchParams({ id_list: ids.join(','), max_results: String(ids.length) });
  // An id that it does not understand is a 400 for all of the list, with a feed that names it.
  const text = await askRegistry(visit, arxiv, `/api/query?${query}`, [400]);
  if (text === null) return () => TRY_LATER;
  const { items, refusals, isWhole } = withRegistryNamed(arxiv.name, () => readFeed(text));
  return (id) => {
    const item = items.get(id);
    if (item) return { outcome: 'found', item };
    if (refusals.length === 0) return isWhole ? { outcome: 'unknown' } : TRY_LATER;
    // The next time it is not asked for the one again, and answers for the others.
    const isRefused = ids.length === 1 || refusals.some((refusal) => namesId(refusal, id));
    return isRefused ? { outcome: 'unknown' } : TRY_LATER;
  };
}

function namesId(refusal: string, id: string): boolean {
  return refusal.split(/[\s,_]+/).includes(id);
}
