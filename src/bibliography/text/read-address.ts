import { isWebAddress } from '../../lib/web-address.ts';

/** Returns an http or https URL, adding `https://` to a leading `www.`, or null if the value is not a URL. */
export function readAddress(value: string): string | null {
  const address = /^www\./i.test(value) ? `https://${value}` : value;
  return isWebAddress(address) ? address : null;
}

/** Removes `doi:` or the resolver's URL from a DOI. */
export function readDoi(value: string): string {
  return value.replace(/^\s*(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '').trim();
}
