import { pathOf } from './path-of.ts';

const RESOLVER = /^https?:\/\/(?:dx\.|www\.)?doi\.org\/([^?#]+)/i;
/** Publishers whose addresses hold the DOI. */
const PUBLISHER =
  /^https?:\/\/(?:dl\.acm\.org\/doi|link\.springer\.com\/(?:article|chapter|book)|onlinelibrary\.wiley\.com\/doi|www\.pnas\.org\/doi|www\.science\.org\/doi|journals\.sagepub\.com\/doi|www\.tandfonline\.com\/doi)\/(?:(?:abs|full|pdf|epdf|fullhtml|book)\/)?(10\.[^?#]+?)\/?(?:[?#].*)?$/i;
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}\p{Cs}]+$/u;

/** In lower case, since a DOI means the same in any. Null: no DOI. */
export function parseDoi(text: string): string | null {
  const given = text.trim();
  const doi = pathOf(given, RESOLVER) ?? pathOf(given, PUBLISHER) ?? given.replace(/^doi:\s*/i, '');
  return DOI.test(doi) && doi.length <= 500 ? doi.toLowerCase() : null;
}
