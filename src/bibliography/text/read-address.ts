import { isWebAddress } from '../../lib/web-address.ts';

/** An http or https address; `www.` at the beginning is taken for one. Null where it is none. */
export function readAddress(value: string): string | null {
  const address = /^www\./i.test(value) ? `https://${value}` : value;
  return isWebAddress(address) ? address : null;
}

/** The bare DOI of `doi:10.1/x` or an address of it, as it is spelled. */
export function readDoi(value: string): string {
  return value.replace(/^\s*(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)/i, '').trim();
}
