import type { Reference } from './reference.ts';

/** The URL of the DOI, else the item's URL, else that of the preprint. Empty if none is known. */
export function addressOf({ doi, url, arxiv }: Reference): string {
  if (doi !== '') return `https://doi.org/${encodePath(doi)}`;
  if (url !== '') return url;
  return arxiv === '' ? '' : `https://arxiv.org/abs/${encodePath(arxiv)}`;
}

/** Follows the URL encoding rules of the DOI Handbook: https://www.doi.org/doi-handbook/HTML/ */
function encodePath(text: string): string {
  return encodeURI(text).replaceAll('#', '%23').replaceAll('?', '%3F');
}

/** arXiv derives a DOI from the id of each preprint: https://info.arxiv.org/help/doi.html */
export function isDoiOfArxiv(doi: string): boolean {
  return /^10\.48550\/arxiv\./i.test(doi);
}
