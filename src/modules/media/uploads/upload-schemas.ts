import { z } from 'zod';
import { webAddress } from '../../../schemas.ts';
import { creditParts } from '../record/credit-schemas.ts';
import { alt, caption, mediaPatch } from '../record/schemas.ts';
import { UploadedFile } from './uploaded-file.ts';

const file = z.instanceof(UploadedFile, { error: 'must be one file' }).meta({
  description:
    'PNG, JPEG, WebP, GIF, AVIF or SVG, of at most 50 million pixels and 500 frames; MP3, M4A or PDF. 20 MiB at most, where nothing else is configured.',
  override: { type: 'string', format: 'binary' },
});

const exampleFile = '(the bytes)';

/** The parts of the form. An empty `alt` says that the image is decorative. */
export const mediaUpload = z
  .strictObject({
    file,
    alt: alt.optional(),
    caption: caption.optional(),
    creditText: creditParts.text.optional(),
    creditUrl: creditParts.url.optional(),
    creditLicence: creditParts.licence.optional(),
  })
  .refine(hasCreditText, {
    path: ['creditText'],
    error: 'is needed where creditUrl or creditLicence is given',
  })
  .meta({
    id: 'MediaUpload',
    description: 'What is left out is taken from the file, if it says so itself (IPTC, XMP or Exif).',
    examples: [
      {
        file: exampleFile,
        alt: 'Two boxes joined by an arrow',
        caption: 'The model at a glance',
        creditText: 'The authors of BLIP',
        creditUrl: 'https://github.com/salesforce/BLIP',
        creditLicence: 'BSD-3-Clause',
      },
    ],
  });
export type MediaUpload = z.infer<typeof mediaUpload>;

function hasCreditText(form: {
  creditText?: unknown;
  creditUrl?: unknown;
  creditLicence?: unknown;
}): boolean {
  return form.creditText !== undefined || (form.creditUrl === undefined && form.creditLicence === undefined);
}

/** The form that brings other bytes for a media. */
export const mediaReplacement = z
  .strictObject({ file })
  .meta({ id: 'MediaReplacement', examples: [{ file: exampleFile }] });

export const mediaImport = z
  .strictObject({
    url: webAddress
      .refine((url) => /^https:/i.test(url), { error: 'must be an https address' })
      .meta({ description: 'Of the file, on a public server.' }),
    ...mediaPatch.shape,
  })
  .meta({
    id: 'MediaImport',
    description: 'What is left out is taken from the file, if it says so itself (IPTC, XMP or Exif).',
    examples: [
      {
        url: 'https://example.org/figures/overview.png',
        alt: 'Two boxes joined by an arrow',
        credit: { text: 'The authors of BLIP', licence: 'BSD-3-Clause' },
      },
    ],
  });
