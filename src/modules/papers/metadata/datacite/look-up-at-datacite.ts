import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { parseJson } from '../reading/lenient-parsing.ts';
import { askRegistry, type LookUpRun } from '../registry/ask-registry.ts';
import type { Registry } from '../registry/registry.ts';
import { withRegistryNamed } from '../registry/unavailable.ts';
import { fromAttributes } from './from-attributes.ts';

/** https://support.datacite.org/docs/api-get-doi. Returns null if the work is unknown. Throws Unavailable. */
export async function lookUpAtDatacite(
  run: LookUpRun,
  datacite: Registry,
  doi: string,
): Promise<CslItem | null> {
  const text = await askRegistry(run, datacite, `/dois/${encodeURIComponent(doi)}`);
  return text === null ? null : withRegistryNamed(datacite.name, () => fromAttributes(parseJson(text), doi));
}
