import type { Offers } from '../prepared/choose-offer.ts';
import { STYLES, type Style } from './format-citation.ts';
import { FORMATS, type Format } from './formats.ts';

/** `json` is the JSON body that the operation defines itself. */
export type Representation = 'json' | Format | Style;

/** The media types of DOI content negotiation: https://citation.doi.org/docs.html */
export const MEDIA_TYPES: Readonly<Record<Format, string>> = {
  bibtex: 'application/x-bibtex',
  ris: 'application/x-research-info-systems',
  'csl-json': 'application/vnd.citationstyles.csl+json',
};

/** The media type of all styles. Its parameter `style` names the style. */
export const BIBLIOGRAPHY_TYPE = 'text/x-bibliography';
/** The media type of a formatted reference that a link requests: browsers show it, whereas they save the one above. */
export const LINKED_BIBLIOGRAPHY_TYPE = 'text/plain';

/** The representations in which references are offered. The first is the default. */
export const REFERENCE_OFFERS: Offers<Representation> = [
  { name: 'json', type: 'application/json' },
  ...FORMATS.map((name) => ({ name, type: MEDIA_TYPES[name] })),
  ...STYLES.map((name) => ({
    name,
    type: BIBLIOGRAPHY_TYPE,
    parameters: { style: name },
    linkedType: LINKED_BIBLIOGRAPHY_TYPE,
  })),
];

export function isStyle(representation: Representation): representation is Style {
  return STYLES.some((style) => style === representation);
}
