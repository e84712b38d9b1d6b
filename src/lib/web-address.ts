export function isWebAddress(value: string): boolean {
  return /^https?:\/\/\S+$/i.test(value) && URL.canParse(value);
}

/** An address that is at fault only because of a space: the usual fault of one that was pasted, and hard to see. */
export function isAddressWithSpace(value: string): boolean {
  return /\s/.test(value) && isWebAddress(value.replaceAll(/\s/g, ''));
}
