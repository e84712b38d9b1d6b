import { z } from 'zod';
import { language, revision, tags, text, timestamp, uuid } from '../../../schemas.ts';
import { FILE_TYPES } from '../files/file-types.ts';
import { credit, creditInput } from './credit-schemas.ts';

export const alt = text(2_000).meta({
  description: 'Alternative text for readers who cannot see the image. Empty for a decorative image.',
});
export const caption = text(2_000);

export const focalPoint = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).meta({
  id: 'FocalPoint',
  description:
    'The point that crops keep in view, as fractions of width and height from the top left. Rounded to hundredths.',
  examples: [{ x: 0.4, y: 0.25 }],
});

const metadata = {
  alt: alt.nullable().meta({
    description:
      'Alternative text for readers who cannot see the image. Null if none was written yet, empty for a decorative image.',
  }),
  caption: caption.nullable(),
  credit: creditInput.nullable(),
  focalPoint: focalPoint.nullable().meta({ description: 'Null means the centre of the image.' }),
  tags,
  language: language
    .nullable()
    .meta({ description: 'Language of the text or speech in the file, as a BCP 47 tag.' }),
};

const exampleMetadata = {
  alt: 'Two boxes joined by an arrow',
  caption: 'The model at a glance',
  credit: { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
  focalPoint: { x: 0.4, y: 0.25 },
  tags: ['diagram'],
  language: 'en',
};

export const mediaPatch = z
  .strictObject(metadata)
  .partial()
  .meta({
    id: 'MediaPatch',
    description: 'Fields to change. Absent fields stay as they are; a credit is replaced as a whole.',
    examples: [exampleMetadata],
  });
export type MediaPatch = z.infer<typeof mediaPatch>;

/** The fields that editors write. Null clears a field; an absent field stays unchanged or takes its default. */
export type MediaMetadata = MediaPatch;

const pixels = z
  .int()
  .min(1)
  .nullable()
  .meta({ description: 'In pixels, as displayed. Null if the file is not an image.' });

export const imageSource = z
  .object({
    mimeType: z.string(),
    srcset: z.string().meta({ description: 'Value for the `srcset` attribute: `<url> 640w, …`.' }),
  })
  .meta({ id: 'ImageSource' });
export type ImageSource = z.infer<typeof imageSource>;

const mimeType = z.enum(Object.values(FILE_TYPES)).meta({ id: 'MediaMimeType' });
const variantsState = z.enum(['none', 'pending', 'ready', 'failed']).meta({ id: 'MediaVariantsState' });
const crop = z.object({ width: z.int(), height: z.int(), url: z.string() }).meta({ id: 'MediaCrop' });

export const media = z
  .object({
    id: uuid,
    url: z.url().meta({ description: 'Public URL of the bytes, which never change.' }),
    mimeType: mimeType.meta({ description: 'Detected from the bytes.' }),
    size: z.int().min(1).meta({
      description:
        'Size of the served file in bytes. For images it differs from the upload, because metadata is stripped.',
    }),
    width: pixels,
    height: pixels,
    frames: z
      .int()
      .min(1)
      .nullable()
      .meta({ description: 'Number of frames: 1 for a still image. Null if the file is not an image.' }),
    sha256: z.string().meta({ description: 'SHA-256 of the served bytes, in hexadecimal.' }),
    sourceSha256: z
      .string()
      .nullable()
      .meta({ description: 'SHA-256 of the uploaded bytes, in hexadecimal.' }),
    originalName: z.string().nullable().meta({ description: 'File name at upload.' }),
    ...metadata,
    credit: credit.nullable(),
    thumbhash: z.string().nullable().meta({
      description:
        'ThumbHash in Base64, a blurred preview of about 25 bytes: https://evanw.github.io/thumbhash',
    }),
    variants: variantsState.meta({
      description:
        'State of the renditions, which are rendered in the background. Until a rendition exists, its URL serves the file itself. Failed renditions are rendered again after `npm run media -- retry` or when a focal point is set.',
    }),
    sources: z
      .array(imageSource)
      .meta({ description: 'Renditions for the sources of a `<picture>`, best format first.' }),
    crops: z.array(crop).meta({
      description:
        'Crops in the configured sizes around the focal point. A crop is never larger than the image. If several media files share the same bytes, the focal point of the oldest one applies.',
    }),
    revision,
    createdAt: timestamp,
    updatedAt: timestamp,
  })
  .meta({
    id: 'Media',
    examples: [
      {
        id: '0198f1d2-6b7e-7c3a-9d55-3f1f0a4c2b11',
        url: 'https://letters.example.org/media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png',
        mimeType: 'image/png',
        size: 48213,
        width: 640,
        height: 336,
        frames: 1,
        sha256: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        sourceSha256: '60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752',
        originalName: 'overview.png',
        ...exampleMetadata,
        thumbhash: '1QcSHQRnh493V4dIh4eXh1h4kJUI',
        variants: 'ready',
        sources: [
          {
            mimeType: 'image/avif',
            srcset:
              'https://letters.example.org/media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png.320.avif 320w, https://letters.example.org/media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png.640.avif 640w',
          },
        ],
        crops: [
          {
            width: 1200,
            height: 630,
            url: 'https://letters.example.org/media/9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png?w=1200&h=630&fit=cover',
          },
        ],
        revision: 1,
        createdAt: '2026-11-02T08:00:00.000Z',
        updatedAt: '2026-11-02T08:00:00.000Z',
      },
    ],
  });
