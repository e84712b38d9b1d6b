import { pathOf } from './path-of.ts';

export type ArxivId = {
  /** As in 2201.12086 or cs/0112017 */
  id: string;
  version: number | null;
};

const SITE =
  /^https?:\/\/(?:[a-z-]+\.)?(?:arxiv\.org\/(?:abs|pdf|html|format)|ar5iv\.(?:labs\.arxiv\.)?org\/(?:abs|html)|huggingface\.co\/papers|alphaxiv\.org\/abs)\/([^?#]+?)(?:\.pdf|\/)?(?:[?#].*)?$/i;
const PREFIX = /^arxiv:\s*/i;
/** As arXiv itself prints it behind an id: [cs.CV] */
const CLASS = /\s*\[[a-z-]+(?:\.[a-z-]+)?\]$/i;
/** The DOIs that arXiv gives to its papers: https://info.arxiv.org/help/doi.html */
const DOI = /^10\.48550\/arxiv\./i;
/** Since April 2007: year and month, then four digits, five since 2015. */
const NEW_FORM = /^(?:(?:0[7-9]|1[0-4])(?:0[1-9]|1[0-2])\.\d{4}|(?:1[5-9]|[2-9]\d)(?:0[1-9]|1[0-2])\.\d{5})$/;
/** Before: archive, perhaps a subject class, then year, month and three digits. */
const OLD_FORM = /^([a-z]+(?:-[a-z]+)?)(?:\.[a-z]+(?:-[a-z]+)?)?\/((?:9[1-9]|0[0-7])(?:0[1-9]|1[0-2])\d{3})$/;

/**
 * Without the subject class of the old form, as arXiv itself prefers: math.GT/0309136 is math/0309136
 * (https://info.arxiv.org/help/arxiv_identifier_for_services.html). Null: no arXiv id.
 */
export function parseArxivId(text: string): ArxivId | null {
  const given = text.trim();
  const bare = (pathOf(given, SITE) ?? given.replace(PREFIX, '').replace(CLASS, '')).toLowerCase();
  const [, id = '', version] = /^(.+?)(?:v([1-9]\d{0,2}))?$/.exec(bare) ?? [];
  const known = normalize(id);
  return known === null ? null : { id: known, version: version === undefined ? null : Number(version) };
}

/** The id that a DOI of arXiv stands for. Null: it is another's. */
export function arxivIdOfDoi(doi: string): ArxivId | null {
  return DOI.test(doi) ? parseArxivId(doi.replace(DOI, '')) : null;
}

/** In lower case, as all DOIs here. */
export function doiOfArxivId(id: string): string {
  return `10.48550/arxiv.${id}`;
}

function normalize(id: string): string | null {
  if (NEW_FORM.test(id)) return id;
  const [, archive, number] = OLD_FORM.exec(id) ?? [];
  return archive && number ? `${archive}/${number}` : null;
}
