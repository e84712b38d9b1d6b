import { STYLES, type Style } from './format-citation.ts';
import { FORMATS, type Format } from './formats.ts';

/**
 * What references are told in. The media types are those of DOI content negotiation:
 * https://citation.doi.org/docs.html
 */
export const REPRESENTATIONS = ['json', ...FORMATS, ...STYLES] as const;
/** `json` is what an operation says for itself. */
export type Representation = 'json' | Format | Style;

type MediaType = { type: string; style?: Style };

const JSON_TYPE = 'application/json';
export const BIBLIOGRAPHY_TYPE = 'text/x-bibliography';

/** What `Accept` calls them. */
export const MEDIA_TYPES: Readonly<Record<Representation, MediaType>> = {
  json: { type: JSON_TYPE },
  bibtex: { type: 'application/x-bibtex' },
  ris: { type: 'application/x-research-info-systems' },
  'csl-json': { type: 'application/vnd.citationstyles.csl+json' },
  apa: { type: BIBLIOGRAPHY_TYPE, style: 'apa' },
  ieee: { type: BIBLIOGRAPHY_TYPE, style: 'ieee' },
  chicago: { type: BIBLIOGRAPHY_TYPE, style: 'chicago' },
};

/** What is sent to one client. */
export type Choice = {
  representation: Representation;
  contentType: string;
  /** Chosen by Accept: at the same address others may be sent something else. */
  isNegotiated: boolean;
};

export function isStyle(representation: Representation): representation is Style {
  return MEDIA_TYPES[representation].style !== undefined;
}
