/** The many spellings of an identifier, each brought to the one that is stored: then unique means unique. */

const ARXIV_SITE =
  /^https?:\/\/(?:[a-z-]+\.)?arxiv\.org\/(?:abs|pdf|html)\/([^?#]+?)(?:\.pdf|\/)?(?:[?#].*)?$/i;
/** Since April 2007: year and month, then four digits, five since 2015. */
const ARXIV_NEW =
  /^(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})$/;
/** Before: archive, perhaps a subject class, then year, month and three digits. */
const ARXIV_OLD =
  /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]+(?:-[a-z]+)?)?\/((?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})$/;

/**
 * Without version, and without the subject class of the old form, as arXiv itself prefers: math.GT/0309136 is
 * math/0309136 (https://info.arxiv.org/help/arxiv_identifier_for_services.html). Null: no arXiv id.
 */
export function parseArxivId(text: string): string | null {
  const given = text.trim();
  const versioned = pathOf(given, ARXIV_SITE) ?? given.replace(/^arxiv:\s*/i, '');
  const id = versioned.toLowerCase().replace(/v[1-9]\d{0,2}$/, '');
  if (ARXIV_NEW.test(id)) return id;
  const [, archive, number] = ARXIV_OLD.exec(id) ?? [];
  return archive && number ? `${archive}/${number}` : null;
}

const DOI_SITE = /^https?:\/\/(?:dx\.|www\.)?doi\.org\/([^?#]+)/i;
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/[^\s\p{Cc}\p{Cs}]+$/u;

/** In lower case, since a DOI means the same in any. Null: no DOI. */
export function parseDoi(text: string): string | null {
  const given = text.trim();
  const doi = (pathOf(given, DOI_SITE) ?? given.replace(/^doi:\s*/i, '')).toLowerCase();
  return DOI.test(doi) ? doi : null;
}

/** The identifier in an address of the site; null when it is not such an address. */
function pathOf(text: string, site: RegExp): string | null {
  const path = site.exec(text)?.[1];
  try {
    return path === undefined ? null : decodeURIComponent(path);
  } catch {
    return null;
  }
}
