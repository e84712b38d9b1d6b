import { z } from 'zod';
import { language, revision, tags, text, timestamp, uuid } from '../../../schemas.ts';
import { FILE_TYPES } from '../files/file-types.ts';
import { credit, creditInput } from './credit-schemas.ts';

export const alt = text(2_000).meta({
  description: 'What the image says to those who cannot see it. Empty: it is decorative.',
});
export const caption = text(2_000);

export const focalPoint = z.strictObject({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) }).meta({
  id: 'FocalPoint',
  description: 'What a crop keeps: shares of width and height from the top left, to the hundredth.',
  examples: [{ x: 0.4, y: 0.25 }],
});

const words = {
  alt: alt.nullable().meta({ description: 'Null: not written yet. Empty: the image is decorative.' }),
  caption: caption.nullable(),
  credit: creditInput.nullable(),
  focalPoint: focalPoint.nullable().meta({ description: 'Null: the middle.' }),
  tags,
  language: language.nullable().meta({ description: 'BCP 47, of what is written or said in it.' }),
};

const exampleWords = {
  alt: 'Two boxes joined by an arrow',
  caption: 'The model at a glance',
  credit: { text: 'The authors of BLIP', url: 'https://github.com/salesforce/BLIP', licence: 'BSD-3-Clause' },
  focalPoint: { x: 0.4, y: 0.25 },
  tags: ['diagram'],
  language: 'en',
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

/** What is said of a media. Null: nothing. Left out: nothing new. */
export type MediaWords = MediaPatch;

const pixels = z.int().min(1).nullable().meta({ description: 'Pixels, as shown. Null: not an image.' });

export const imageSource = z
  .object({
    mimeType: z.string(),
    srcset: z.string().meta({ description: 'For the attribute of that name, as in `<address> 640w, …`.' }),
  })
  .meta({ id: 'ImageSource' });
export type ImageSource = z.infer<typeof imageSource>;

const mimeType = z.enum(Object.values(FILE_TYPES)).meta({ id: 'MediaMimeType' });
const variantsState = z.enum(['none', 'pending', 'ready', 'failed']).meta({ id: 'MediaVariantsState' });
const crop = z.object({ width: z.int(), height: z.int(), url: z.string() }).meta({ id: 'MediaCrop' });

export const media = z
  .object({
    id: uuid,
    url: z.url().meta({ description: 'Where the bytes are served, to everybody and unchanged for ever.' }),
    mimeType: mimeType.meta({ description: 'Found from the bytes.' }),
    size: z
      .int()
      .min(1)
      .meta({ description: 'Bytes, as served: without what the upload said of places and devices.' }),
    width: pixels,
    height: pixels,
    frames: z.int().min(1).nullable().meta({ description: '1: a still image. Null: not an image.' }),
    sha256: z.string().meta({ description: 'Of the bytes as served, in hexadecimal.' }),
    sourceSha256: z
      .string()
      .nullable()
      .meta({ description: 'Of the bytes as they were uploaded: the same bytes are stored once.' }),
    originalName: z.string().nullable().meta({ description: 'Name that the file came with.' }),
    ...words,
    credit: credit.nullable(),
    thumbhash: z.string().nullable().meta({
      description: 'A blurred preview of some 25 bytes, in base64: https://evanw.github.io/thumbhash',
    }),
    variants: variantsState.meta({
      description:
        'Whether the smaller renderings are made yet. Until they are, their addresses serve the file itself. Those that failed are made when `npm run media -- retry` asks for them, or a focal point is set.',
    }),
    sources: z.array(imageSource).meta({ description: 'Renderings for `<picture>`, the best first.' }),
    crops: z.array(crop).meta({
      description:
        'The sizes that are configured, around the focal point; smaller where the image is. Of media that share their bytes the focal point of the oldest counts.',
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
        ...exampleWords,
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
