import { z } from 'zod';
import { filledText } from '../../schemas.ts';
import type { CslItem } from './csl.ts';

/** Details of a BibTeX entry without a CSL variable, which exports repeat. An item has them in `custom.bibtex`. */
export const bibtexDetails = z
  .strictObject({
    entryType: filledText(50).meta({
      description: 'Type of the entry, if its CSL type alone would be exported as another one.',
    }),
    primaryClass: filledText(100).meta({ description: 'Primary class at arXiv.' }),
    protectedWords: z.array(filledText(1_000)).max(200).meta({
      description: 'Words of the title whose capitals BibTeX styles keep. An export puts them in braces.',
    }),
  })
  .partial()
  .meta({
    id: 'BibtexDetails',
    examples: [{ entryType: 'proceedings', primaryClass: 'cs.CV', protectedWords: ['Turing', 'Go'] }],
  });
export type BibtexDetails = z.infer<typeof bibtexDetails>;

export function bibtexOf(item: CslItem): BibtexDetails {
  return bibtexDetails.safeParse(item.custom?.bibtex ?? {}).data ?? {};
}
