/** The formats in which bibliographies are imported and exported. */
export const FORMATS = ['bibtex', 'ris', 'csl-json'] as const;
export type Format = (typeof FORMATS)[number];
