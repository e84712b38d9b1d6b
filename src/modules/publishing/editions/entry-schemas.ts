import { z } from 'zod';
import { text, timestamp, uuid } from '../../../schemas.ts';
import { documentExample } from './edition-examples.ts';
import { editionDocument } from './edition-schemas.ts';

const editionFields = {
  id: uuid,
  issueId: uuid,
  version: z.int(),
  hash: text(64).meta({ description: 'SHA-256 of the stored document, in hex.' }),
  publishedAt: timestamp,
  isLive: z.boolean().meta({ description: 'Whether readers see this edition.' }),
};

const editionExample = {
  id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b14',
  issueId: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
  version: 2,
  hash: 'b5bb9d8014a0f9b1d61e21e796d78dccdf1352f23cd32812f4850b878ae4944c',
  publishedAt: '2026-12-02T10:00:00.000Z',
  isLive: true,
};

export const editionEntry = z.object(editionFields).meta({ id: 'EditionEntry', examples: [editionExample] });

export const edition = z.object({ ...editionFields, document: editionDocument }).meta({
  id: 'Edition',
  description: 'An edition with its document as it was published.',
  examples: [{ ...editionExample, document: documentExample }],
});
