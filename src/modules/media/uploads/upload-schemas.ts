import { z } from 'zod';
import { webAddress } from '../../../schemas.ts';
import { creditParts } from '../record/credit-schemas.ts';
import { alt, caption, mediaPatch } from '../record/schemas.ts';
import { UploadedFile } from './uploaded-file.ts';

const file = z.instanceof(UploadedFile, { error: 'must be one file' }).meta({
  description:
    'A PNG, JPEG, WebP, GIF, AVIF or SVG image of at most 50 million pixels and 500 frames, or an MP3, M4A or PDF file. At most 20 MiB by default.',
  override: { type: 'string', format: 'binary' },
});

const exampleFile = '(the bytes)';

/** The parts of the upload form. */
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
    error: 'is required if creditUrl or creditLicence is given',
  })
  .meta({
    id: 'MediaUpload',
    description:
      'The file and its metadata. Absent fields default to the embedded metadata of the file (IPTC, XMP or Exif).',
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

/** The form that replaces the bytes of a media file. */
export const mediaReplacement = z
  .strictObject({ file })
  .meta({ id: 'MediaReplacement', examples: [{ file: exampleFile }] });

export const mediaImport = z
  .strictObject({
    url: webAddress
      .refine((url) => /^https:/i.test(url), { error: 'must be an https URL' })
      .meta({ description: 'URL of the file on a public server, with https.' }),
    ...mediaPatch.shape,
  })
  .meta({
    id: 'MediaImport',
    description:
      'The file and its metadata. Absent fields default to the embedded metadata of the file (IPTC, XMP or Exif).',
    examples: [
      {
        url: 'https://example.org/figures/overview.png',
        alt: 'Two boxes joined by an arrow',
        credit: { text: 'The authors of BLIP', licence: 'BSD-3-Clause' },
      },
    ],
  });
