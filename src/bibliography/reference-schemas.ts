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

/** For the OpenAPI document: references by their media types. */

/** A query parameter that names the format. */
const REPRESENTATIONS = REFERENCE_OFFERS.map(({ name }) => name);

export const referenceFormat = z
  .enum(REPRESENTATIONS, { error: `must be one of ${REPRESENTATIONS.join(', ')}` })
  .meta({ id: 'Representation' })
  .optional()
  .meta({
    description:
      'The format of the response. It overrides the Accept header, which decides if this is omitted; the default is JSON.',
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
    'CSL-JSON, a list even of one. `custom` has what CSL knows no variable for: licence, identifiers, links, results, statuses.',
  examples: [written],
});

const records = (id: string, format: 'bibtex' | 'ris', description: string) =>
  z.string().meta({ id, description, examples: [writeReference(example, format)] });

const formatted = z.string().meta({
  id: 'FormattedReferences',
  description: 'A reference a line, in APA, IEEE or Chicago style.',
  examples: STYLES.map((style) => writeReference(example, style)),
});

/** By media type, all but JSON. */
export const REFERENCE_SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  [MEDIA_TYPES['csl-json']]: cslList,
  [MEDIA_TYPES.bibtex]: records('Bibtex', 'bibtex', 'In UTF-8; no two entries have the same key.'),
  [MEDIA_TYPES.ris]: records('Ris', 'ris', 'In UTF-8.'),
  [LINKED_BIBLIOGRAPHY_TYPE]: formatted,
  [BIBLIOGRAPHY_TYPE]: formatted,
};
