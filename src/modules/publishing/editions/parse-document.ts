import { type EditionDocument, editionDocument } from './edition-schemas.ts';
import { resolveMediaAddresses } from './media-address.ts';

/** The document of a stored edition, with the addresses under which this installation serves its media. */
export function parseDocument(text: string, publicUrl: string): EditionDocument {
  return editionDocument.parse(JSON.parse(resolveMediaAddresses(text, publicUrl)));
}
