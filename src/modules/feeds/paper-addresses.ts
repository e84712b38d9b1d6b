export type Identified = { arxivId: string | null; doi: string | null };

/** Where the registries of its identifiers keep it, as `[words, address]`. */
export function paperAddresses({ arxivId, doi }: Identified): [string, string][] {
  return [
    ...(doi === null
      ? []
      : [[`doi:${doi}`, `https://doi.org/${encodePath(doi)}`] satisfies [string, string]]),
    ...(arxivId === null
      ? []
      : [[`arXiv:${arxivId}`, `https://arxiv.org/abs/${encodePath(arxivId)}`] satisfies [string, string]]),
  ];
}

/** A DOI may hold anything but spaces. */
function encodePath(id: string): string {
  return id.toWellFormed().split('/').map(encodeURIComponent).join('/');
}
