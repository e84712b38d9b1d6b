import { z } from 'zod';
import { filledText, revision, text, timestamp, uuid, webAddress } from '../../schemas.ts';
import { IMAGE_TYPES } from './image-types.ts';
import { UploadedFile } from './uploaded-file.ts';

const ALT = 'What the image says to those who cannot see it. Empty: it is decorative.';
const alt = text(2_000).meta({
  description:
    'What the image says to those who cannot see it. Empty: it is decorative. Null: not written yet.',
});
const caption = text(2_000);

const creditParts = {
  text: filledText(500).meta({ description: 'Who made it.' }),
  url: webAddress,
  licence: filledText(100).meta({ description: 'Best an SPDX or Creative Commons id, as in CC-BY-4.0.' }),
};

export const credit = z
  .strictObject({
    text: creditParts.text,
    url: creditParts.url.nullable().optional(),
    licence: creditParts.licence.nullable().optional(),
  })
  .meta({
    id: 'Credit',
    examples: [
      { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
    ],
  });
export type Credit = z.infer<typeof credit>;

/** The parts of the form. A part that is left out is unknown, an empty `alt` says that the image is decorative. */
export const mediaUpload = z
  .strictObject({
    file: z.instanceof(UploadedFile, { error: 'must be one file' }).meta({
      description: 'PNG, JPEG, WebP, GIF or AVIF, of at most 20 MiB and 50 million pixels.',
      override: { type: 'string', format: 'binary' },
    }),
    alt: alt.optional().meta({ description: `${ALT} Left out: not written yet.` }),
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
    examples: [
      {
        file: '(the bytes)',
        alt: 'Two boxes joined by an arrow',
        caption: 'The model at a glance',
        creditText: 'The authors of BLIP',
        creditUrl: 'https://github.com/salesforce/BLIP',
        creditLicence: 'CC-BY-4.0',
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

const words = {
  alt: alt.nullable().meta({ description: `${ALT} Null: not written yet.` }),
  caption: caption.nullable(),
  credit: credit.nullable(),
};

const exampleWords = {
  alt: 'Two boxes joined by an arrow',
  caption: 'The model at a glance',
  credit: { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'CC-BY-4.0' },
};

export const mediaPatch = z
  .strictObject(words)
  .partial()
  .meta({
    id: 'MediaPatch',
    description: 'What it names is changed, the rest stays. A credit is changed as a whole.',
    examples: [exampleWords],
  });
export type MediaPatch = z.infer<typeof mediaPatch>;

export const media = z
  .object({
    id: uuid,
    url: z.url().meta({ description: 'Where the bytes are served, to everybody and unchanged for ever.' }),
    mimeType: z.enum(Object.values(IMAGE_TYPES)).meta({ description: 'Found from the bytes.' }),
    size: z.int().min(1).meta({ description: 'Bytes.' }),
    width: z.int().min(1).meta({ description: 'Pixels, as shown.' }),
    height: z.int().min(1).meta({ description: 'Pixels, as shown.' }),
    sha256: z.string().meta({ description: 'Of the bytes, in hexadecimal.' }),
    originalName: z.string().nullable().meta({ description: 'Name that the file came with.' }),
    ...words,
    revision,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Media',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        url: 'https://letters.example.org/media/2f1a8c34-5d0b-4c1e-9a77-6b3de0f1c802.png',
        mimeType: 'image/png',
        size: 48213,
        width: 1200,
        height: 630,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        originalName: 'overview.png',
        ...exampleWords,
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
