import type { CslItem } from '../../../../bibliography/csl/csl.ts';
import { parseJson } from '../reading/lenient-parsing.ts';
import { askRegistry, type LookUpRun } from '../registry/ask-registry.ts';
import type { Registry } from '../registry/registry.ts';
import { withRegistryNamed } from '../registry/unavailable.ts';
import { fromMessage } from './from-message.ts';

/** https://api.crossref.org/swagger-ui/index.html. Returns null if the work is unknown. Throws Unavailable. */
export async function lookUpAtCrossref(
  run: LookUpRun,
  crossref: Registry,
  doi: string,
  contact: string | null,
): Promise<CslItem | null> {
  const query = contact === null ? '' : `?${new URLSearchParams({ mailto: contact })}`;
  const text = await askRegistry(run, crossref, `/works/${encodeURIComponent(doi)}${query}`);
  return text === null ? null : withRegistryNamed(crossref.name, () => fromMessage(parseJson(text), doi));
}
