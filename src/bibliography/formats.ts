/** The formats in which bibliographies come and go. */
export const FORMATS = ['bibtex', 'ris', 'csl-json'] as const;
export type Format = (typeof FORMATS)[number];
