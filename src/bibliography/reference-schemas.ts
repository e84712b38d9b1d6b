import { z } from 'zod';
import { type CslItem, cslItem } from './csl/csl.ts';
import { STYLES } from './format-citation.ts';
import {
  BIBLIOGRAPHY_TYPE,
  LINKED_BIBLIOGRAPHY_TYPE,
  MEDIA_TYPES,
  REFERENCE_OFFERS,
} from './representations.ts';
import { writeReference } from './write-references.ts';

/** Schemas of references for the OpenAPI document. */

const REPRESENTATIONS = REFERENCE_OFFERS.map(({ name }) => name);

export const referenceFormat = z
  .enum(REPRESENTATIONS, { error: `must be one of ${REPRESENTATIONS.join(', ')}` })
  .meta({ id: 'Representation' })
  .optional()
  .meta({
    description:
      'The format of the response. It takes precedence over the Accept header. Without either, the response is JSON.',
  });

const example: CslItem = {
  type: 'paper-conference',
  title: 'BLIP: Bootstrapping Language-Image Pre-training',
  author: [
    { family: 'Li', given: 'Junnan', ORCID: '0000-0002-1825-0097' },
    { family: 'Li', given: 'Dongxu' },
  ],
  issued: { 'date-parts': [[2022]] },
  'container-title': 'ICML',
  page: '12888-12900',
  DOI: '10.48550/arxiv.2201.12086',
  archive: 'arXiv',
  archive_location: '2201.12086v2',
  URL: 'https://arxiv.org/abs/2201.12086v2',
};
const written = z.array(cslItem).parse(JSON.parse(writeReference(example, 'csl-json')));

export const cslList = z.array(cslItem.meta({ id: 'CslItem', examples: written })).meta({
  id: 'CslItems',
  description:
    'CSL-JSON, always a list. `custom` holds the data for which CSL has no variable: licence, identifiers, links, results, statuses, and what BibTeX says beyond CSL.',
  examples: [written],
});

const records = (id: string, format: 'bibtex' | 'ris', description: string) =>
  z.string().meta({ id, description, examples: [writeReference(example, format)] });

const formatted = z.string().meta({
  id: 'FormattedReferences',
  description: 'One reference per line, in APA, IEEE or Chicago style.',
  examples: STYLES.map((style) => writeReference(example, style)),
});

/** The schema of each media type except JSON. */
export const REFERENCE_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  [MEDIA_TYPES['csl-json']]: cslList,
  [MEDIA_TYPES.bibtex]: records('Bibtex', 'bibtex', 'BibTeX in UTF-8. No two entries have the same key.'),
  [MEDIA_TYPES.ris]: records('Ris', 'ris', 'RIS in UTF-8.'),
  [LINKED_BIBLIOGRAPHY_TYPE]: formatted,
  [BIBLIOGRAPHY_TYPE]: formatted,
};
