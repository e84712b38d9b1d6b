import { isLicenceId } from './licence-id.ts';

/** Creative Commons puts the name of the licence into its URL: https://creativecommons.org/licenses/ */
const LICENCE = /^https?:\/\/creativecommons\.org\/licenses\/(by(?:-nc)?(?:-sa|-nd)?)\/([1-4]\.\d)\/?$/i;
const ZERO = /^https?:\/\/creativecommons\.org\/publicdomain\/zero\/1\.0\/?$/i;

/** Returns the SPDX id for the URL of a Creative Commons licence, or null for any other URL. */
export function licenceAt(url: string | null): string | null {
  if (url === null) return null;
  if (ZERO.test(url)) return 'CC0-1.0';
  const [, kind, version] = LICENCE.exec(url) ?? [];
  const id = `CC-${kind?.toUpperCase()}-${version}`;
  return isLicenceId(id) ? id : null;
}
