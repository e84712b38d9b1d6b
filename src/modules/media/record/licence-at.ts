import { isLicenceId } from './licence-id.ts';

/** https://creativecommons.org/licenses/, which names its licences in their addresses. */
const LICENCE = /^https?:\/\/creativecommons\.org\/licenses\/(by(?:-nc)?(?:-sa|-nd)?)\/([1-4]\.\d)\/?$/i;
const ZERO = /^https?:\/\/creativecommons\.org\/publicdomain\/zero\/1\.0\/?$/i;

/** The SPDX id of the licence at an address. Null: none that is known by its address. */
export function licenceAt(url: string | null): string | null {
  if (url === null) return null;
  if (ZERO.test(url)) return 'CC0-1.0';
  const [, kind, version] = LICENCE.exec(url) ?? [];
  const id = `CC-${kind?.toUpperCase()}-${version}`;
  return isLicenceId(id) ? id : null;
}
