import { z } from 'zod';
import { filledText, webAddress } from '../../../schemas.ts';
import { isLicenceId } from './licence-id.ts';

const licence = z
  .string()
  .max(100, { abort: true })
  .refine(isLicenceId, {
    error: 'must be an SPDX or Creative Commons id, as in CC-BY-4.0, or LicenseRef- and a name of your own',
  })
  .meta({ description: 'https://spdx.org/licenses', examples: ['CC-BY-4.0'] });

export const creditParts = {
  text: filledText(500).meta({ description: 'Who made it.' }),
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

/** As it goes out, whatever was taken in before licences had to be ids. */
export const credit = z
  .strictObject({
    text: z.string(),
    url: z.string().nullable().optional(),
    licence: z.string().nullable().optional(),
  })
  .meta({ id: 'Credit', examples });
export type Credit = z.infer<typeof credit>;
