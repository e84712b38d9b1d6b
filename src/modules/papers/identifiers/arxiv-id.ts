import { pathOf } from './path-of.ts';

export type ArxivId = {
  /** Such as 2201.12086 or cs/0112017 */
  id: string;
  version: number | null;
};

const SITE =
  /^https?:\/\/(?:[a-z-]+\.)?(?:arxiv\.org\/(?:abs|pdf|html|format)|ar5iv\.(?:labs\.arxiv\.)?org\/(?:abs|html)|huggingface\.co\/papers|alphaxiv\.org\/abs)\/([^?#]+?)(?:\.pdf|\/)?(?:[?#].*)?$/i;
const PREFIX = /^arxiv:\s*/i;
/** Subject class that arXiv prints after an id: [cs.CV] */
const CLASS = /(?<!\s)\s*\[[a-z-]+(?:\.[a-z-]+)?\]$/i;
/** DOIs that arXiv assigns to its papers: https://info.arxiv.org/help/doi.html */
const DOI = /^10\.48550\/arxiv\./i;
/** Since April 2007: year and month, then four digits, or five since 2015. */
const NEW_FORM = /^(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})$/;
/** Before April 2007: archive, optional subject class, then year, month and three digits. */
const OLD_FORM = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]+(?:-[a-z]+)?)?\/((?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})$/;

/**
 * Returns the id without the subject class of the old form, as arXiv prefers: math/0309136 for math.GT/0309136
 * (https://info.arxiv.org/help/arxiv_identifier_for_services.html). Returns null if the text is not an arXiv id.
 */
export function parseArxivId(text: string): ArxivId | null {
  const given = text.trim();
  const bare = (pathOf(given, SITE) ?? given.replace(PREFIX, '').replace(CLASS, '')).toLowerCase();
  const [, id = '', version] = /^(.+?)(?:v([1-9]\d{0,2}))?$/.exec(bare) ?? [];
  const known = normalize(id);
  return known === null ? null : { id: known, version: version === undefined ? null : Number(version) };
}

/** Returns the arXiv id in a DOI assigned by arXiv, or null for any other DOI. */
export function arxivIdOfDoi(doi: string): ArxivId | null {
  return DOI.test(doi) ? parseArxivId(doi.replace(DOI, '')) : null;
}

/** In lower case, like all stored DOIs. */
export function doiOfArxivId(id: string): string {
  return `10.48550/arxiv.${id}`;
}

function normalize(id: string): string | null {
  if (NEW_FORM.test(id)) return id;
  const [, archive, number] = OLD_FORM.exec(id) ?? [];
  return archive && number ? `${archive}/${number}` : null;
}
