import type { CslItem } from '../../../../citations/csl.ts';
import { askRegistry, type Visit } from '../ask-registry.ts';
import { parseJson } from '../readable.ts';
import type { Registry } from '../registry.ts';
import { withRegistryNamed } from '../unavailable.ts';
import { fromAttributes } from './from-attributes.ts';

/** https://support.datacite.org/docs/api-get-doi. Null: it has no such work; throws Unavailable. */
export async function lookUpAtDatacite(
  visit: Visit,
  datacite: Registry,
  doi: string,
): Promise<CslItem | null> {
  const text = await askRegistry(visit, datacite, `/dois/${encodeURIComponent(doi)}`);
  return text === null ? null : withRegistryNamed(datacite.name, () => fromAttributes(parseJson(text), doi));
}
