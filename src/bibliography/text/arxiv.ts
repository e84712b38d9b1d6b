import { readDoi } from './read-address.ts';

/** https://info.arxiv.org/help/arxiv_identifier.html */
const ID = String.raw`(?:\d{4}\.\d{4,5}|[a-z][a-z-]*(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?`;
const WHOLE = new RegExp(
  `^(?:arxiv:\\s*|https?://(?:www\\.|export\\.)?arxiv\\.org/(?:abs|pdf)/)?(${ID})(?:\\.pdf|\\s*\\[[\\w., -]+\\])?$`,
  'i',
);
const VENUE = new RegExp(
  `^(?:arxiv(?:\\.org)?(?:\\s+(?:e-?prints?|preprints?|preprint\\s+server))?|corr)?[\\s,:]*(?:arxiv:|abs/|arxiv preprint arxiv:)\\s*(${ID})(?:\\s*\\[[\\w., -]+\\])?$`,
  'i',
);
const SERVER = /^(?:arxiv(?:\.org)?(?:[\s(]+(?:e-?prints?|preprints?|cornell university)\)?)?|corr)$/i;

/** Reads `2201.12086v2` from `arXiv:2201.12086v2 [cs.CV]`. Returns null if the value is not an arXiv id. */
export function readArxivId(value: string): string | null {
  return WHOLE.exec(value.trim())?.[1] ?? null;
}

/** Reads the id from a journal or note such as `arXiv preprint arXiv:2201.12086` or `abs/2201.12086`. */
export function readArxivVenue(value: string): string | null {
  return VENUE.exec(value.trim())?.[1] ?? null;
}

/** Reads the id from the DOI that arXiv derives from it: https://info.arxiv.org/help/doi.html */
export function readArxivDoi(value: string): string | null {
  return readArxivId(/^10\.48550\/arxiv\.(.+)$/i.exec(readDoi(value))?.[1] ?? '');
}

/** Whether a journal name means arXiv: `arXiv e-prints`, `CoRR`. */
export function isArxiv(value: string): boolean {
  return SERVER.test(value.trim());
}
