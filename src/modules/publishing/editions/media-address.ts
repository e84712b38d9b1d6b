import { mediaAddress } from '../../media/record/present.ts';

/**
 * A stored edition names a media by `masthead:media/<file name>`. The address under which this installation
 * serves it joins when the document is sent: an immutable edition must not hold the PUBLIC_URL of the node
 * that happened to publish it.
 */
const STORED_BASE = 'masthead:media/';

/** Where the name of a file follows, as it does in no words of a person. */
const STORED_ADDRESS = new RegExp(`${STORED_BASE}(?=[0-9a-f-]{36,41}\\.[a-z])`, 'g');

export function storedMediaAddress(fileName: string): string {
  return `${STORED_BASE}${fileName}`;
}

/** `document` is JSON text; addresses stand in it as they are, since nothing in them needs an escape. */
export function resolveMediaAddresses(document: string, publicUrl: string): string {
  // Far quicker to tell than by the expression.
  if (!document.includes(STORED_BASE)) return document;
  const base = mediaAddress('', publicUrl);
  return document.replace(STORED_ADDRESS, () => base);
}
