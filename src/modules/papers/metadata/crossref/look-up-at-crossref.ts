import type { CslItem } from '../../../../citations/csl.ts';
import { askRegistry, type Visit } from '../ask-registry.ts';
import { parseJson } from '../readable.ts';
import type { Registry } from '../registry.ts';
import { withRegistryNamed } from '../unavailable.ts';
import { fromMessage } from './from-message.ts';

/** https://api.crossref.org/swagger-ui/index.html. Null: it has no such work; throws Unavailable. */
export async function lookUpAtCrossref(
  visit: Visit,
  crossref: Registry,
  doi: string,
  contact: string | null,
): Promise<CslItem | null> {
  const query = contact === null ? '' : `?${new URLSearchParams({ mailto: contact })}`;
  const text = await askRegistry(visit, crossref, `/works/${encodeURIComponent(doi)}${query}`);
  return text === null ? null : withRegistryNamed(crossref.name, () => fromMessage(parseJson(text), doi));
}
