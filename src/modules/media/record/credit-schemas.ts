import { z } from 'zod';
import { filledText, webAddress } from '../../../schemas.ts';
import { isLicenceId } from './licence-id.ts';

const licence = z
  .string()
  .max(100, { abort: true })
  .refine(isLicenceId, {
    error: 'must be an SPDX licence id such as CC-BY-4.0, or LicenseRef- followed by a name of your choice',
  })
  .meta({
    description:
      'SPDX licence id (https://spdx.org/licenses), or `LicenseRef-` followed by a name of your choice.',
    examples: ['CC-BY-4.0'],
  });

export const creditParts = {
  text: filledText(500).meta({ description: 'The creator or rights holder, as readers see it.' }),
  url: webAddress,
  licence,
};

const examples = [
  { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
];

export const creditInput = z
  .strictObject({
    text: creditParts.text,
    url: creditParts.url.nullable().optional(),
    licence: creditParts.licence.nullable().optional(),
  })
  .meta({ id: 'CreditInput', examples });

/** The output schema does not validate: rows from before licences had to be ids may hold other texts. */
export const credit = z
  .strictObject({
    text: z.string(),
    url: z.string().nullable().optional(),
    licence: z.string().nullable().optional(),
  })
  .meta({ id: 'Credit', examples });
export type Credit = z.infer<typeof credit>;
