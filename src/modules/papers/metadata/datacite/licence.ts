import spdxIds from 'spdx-license-ids/index.json' with { type: 'json' };
import { toLine } from '../reading/registry-text.ts';
import type { Attributes } from './attributes.ts';

/** DataCite writes SPDX ids in lower case. */
const SPDX = new Map(spdxIds.map((id) => [id.toLowerCase(), id]));

/** Returns the SPDX id, or else the URL of the licence. The text of `rights` may only say "open access". */
export function licenceOf({ rightsList }: Attributes): string | undefined {
  const ids = rightsList.flatMap(
    ({ rightsIdentifier }) => SPDX.get(rightsIdentifier?.toLowerCase() ?? '') ?? [],
  );
  const addresses = rightsList.flatMap(({ rightsUri }) =>
    /^https?:/i.test(rightsUri ?? '') ? (rightsUri ?? []) : [],
  );
  return toLine(ids[0] ?? addresses[0] ?? '', 500);
}
