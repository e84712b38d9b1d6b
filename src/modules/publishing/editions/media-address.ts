import { mediaAddress } from '../../media/record/present.ts';

/**
 * A stored edition addresses a file as `masthead:media/<file name>`. The public address is filled in when the document
 * is sent, because an immutable edition must not contain the PUBLIC_URL of the node that published it.
 */
const STORED_BASE = 'masthead:media/';

/** Matches only before a generated file name, so that it never changes what a person wrote. */
const STORED_ADDRESS = new RegExp(`${STORED_BASE}(?=[0-9a-f-]{36,41}\\.[a-z])`, 'g');

export function storedMediaAddress(fileName: string): string {
  return `${STORED_BASE}${fileName}`;
}

/** `document` is JSON text. A stored address contains no character that JSON escapes, so it can be replaced in place. */
export function resolveMediaAddresses(document: string, publicUrl: string): string {
  // includes() is much faster than a regular expression that finds nothing.
  if (!document.includes(STORED_BASE)) return document;
  const base = mediaAddress('', publicUrl);
  return document.replace(STORED_ADDRESS, () => base);
}
