import spdxIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { fold } from '../reading/registry-text.ts';
import type { Attributes } from './attributes.ts';

/** DataCite writes them in lower case. */
const SPDX = new Map(spdxIds.map((id) => [id.toLowerCase(), id]));

/** The SPDX id, or else the address of the licence. `rights` alone may be no more than "open access". */
export function licenceOf({ rightsList }: Attributes): string | undefined {
  const ids = rightsList.flatMap(
    ({ rightsIdentifier }) => SPDX.get(rightsIdentifier?.toLowerCase() ?? '') ?? [],
  );
  const addresses = rightsList.flatMap(({ rightsUri }) =>
    /^https?:/i.test(rightsUri ?? '') ? (rightsUri ?? []) : [],
  );
  return fold(ids[0] ?? addresses[0] ?? '', 500);
}
