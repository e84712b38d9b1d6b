import { pathOf } from './path-of.ts';

const RESOLVER = /^https?:\/\/(?:dx\.|www\.)?doi\.org\/([^?#]+)/i;
/** Publishers whose URLs contain the DOI */
const PUBLISHER =
  /^https?:\/\/(?:dl\.acm\.org\/doi|link\.springer\.com\/(?:article|chapter|book)|onlinelibrary\.wiley\.com\/doi|www\.pnas\.org\/doi|www\.science\.org\/doi|journals\.sagepub\.com\/doi|www\.tandfonline\.com\/doi)\/(?:(?:abs|full|pdf|epdf|fullhtml|book)\/)?(10\.[^?#]+?)\/?(?:[?#].*)?$/i;
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}\p{Cs}]+$/u;

/** The suffixes that publishers append to the DOI in their URLs. */
const VIEW = /\/(?:full|abstract|pdf|epdf|references)$|\.pdf$/i;

/** Returns the DOI in lower case, because DOIs are case-insensitive, or null if the text is not a DOI. */
export function parseDoi(text: string): string | null {
  const given = text.trim().replace(/^doi:\s*/i, '');
  const doi = (
    pathOf(given, RESOLVER) ??
    pathOf(given, PUBLISHER)?.replace(VIEW, '') ??
    withoutEscapes(given)
  ).replace(/(?<!\/)\/+$/, '');
  return DOI.test(doi) && doi.length <= 500 ? doi.toLowerCase() : null;
}

/** Decodes a DOI that was copied from a URL. It is percent-encoded if it has escapes and no character that needs one. */
function withoutEscapes(doi: string): string {
  if (!/%[0-9a-f]{2}/i.test(doi) || /[^\w.~/%:;()-]/.test(doi)) return doi;
  try {
    const decoded = decodeURIComponent(doi);
    return decoded.includes('%') ? doi : decoded;
  } catch {
    return doi;
  }
}
