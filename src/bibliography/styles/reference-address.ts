import type { Reference } from './reference.ts';

/** The DOI as an address, else the address itself, else that of the preprint. Empty: none is known. */
export function addressOf({ doi, url, arxiv }: Reference): string {
  if (doi !== '') return `https://doi.org/${encodePath(doi)}`;
  if (url !== '') return url;
  return arxiv === '' ? '' : `https://arxiv.org/abs/${encodePath(arxiv)}`;
}

/** Encoding rules for URLs, DOI Handbook: https://www.doi.org/doi-handbook/HTML/ */
function encodePath(text: string): string {
  return encodeURI(text).replaceAll('#', '%23').replaceAll('?', '%3F');
}

/** arXiv gives each preprint a DOI made of its id: https://info.arxiv.org/help/doi.html */
export function isDoiOfArxiv(doi: string): boolean {
  return /^10\.48550\/arxiv\./i.test(doi);
}
