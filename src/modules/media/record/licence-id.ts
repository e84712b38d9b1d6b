import spdxIds from 'spdx-license-ids/index.json' with { type: 'json' };

const KNOWN: ReadonlySet<string> = new Set(spdxIds);

/** SPDX ids include the Creative Commons licences. `LicenseRef-` is for licences that SPDX does not list. */
export function isLicenceId(id: string): boolean {
  return KNOWN.has(id) || /^LicenseRef-[A-Za-z0-9.-]+$/.test(id);
}
