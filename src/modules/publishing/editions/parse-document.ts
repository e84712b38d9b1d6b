import { type EditionDocument, editionDocument } from './edition-schemas.ts';
import { resolveMediaAddresses } from './media-address.ts';

/** Parses the document of a stored edition and fills in the public addresses of its media. */
export function parseDocument(text: string, publicUrl: string): EditionDocument {
  return editionDocument.parse(JSON.parse(resolveMediaAddresses(text, publicUrl)));
}
