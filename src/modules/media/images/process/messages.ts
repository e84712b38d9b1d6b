import { z } from 'zod';
import { problemCodesOf } from '../../../../problems/catalogue.ts';
import { FILE_TYPES, type FileExtension, isFileExtension } from '../../files/file-types.ts';

/** The messages between the server and an image process. Each side validates what it receives. */

const path = z.string();
const pixels = z.int().positive();
const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const rendering = z.object({
  path,
  format: z.enum(['avif', 'webp', 'jpg', 'png']),
  /** In pixels. Images are never upscaled. */
  width: pixels,
  /** In pixels. Null means proportional to the width. */
  height: pixels.nullable(),
  /** The point that a crop keeps as close to its centre as possible, as fractions of the source */
  focal: z.object({ x: fraction, y: fraction }).nullable(),
});
export type Rendering = z.infer<typeof rendering>;

export const task = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clean'), source: path, target: path }),
  z.object({ kind: z.literal('render'), source: path, wanted: z.array(rendering).readonly() }),
]);
export type Task = z.infer<typeof task>;

export const cleanedFile = z.object({
  extension: z.custom<FileExtension>((value) => typeof value === 'string' && isFileExtension(value)),
  mimeType: z.enum(FILE_TYPES),
  /** Size of the written file, in bytes */
  size: z.int().nonnegative(),
  sha256,
  /** In pixels, as displayed. Null if the file is not an image. */
  width: pixels.nullable(),
  height: pixels.nullable(),
  /** 1 for a still image. Null if the file is not an image. */
  frames: pixels.nullable(),
  /** Some pixel is transparent. */
  hasAlpha: z.boolean(),
  /** In Base64. Null if the file is not an image. */
  thumbhash: z.string().max(100).nullable(),
  /** A `data:` URL. Null if the file is not an image, or is transparent. */
  placeholder: z.string().max(400).nullable(),
  /** Read before the metadata was stripped */
  embedded: z.object({
    alt: z.string().max(2000).nullable(),
    caption: z.string().max(2000).nullable(),
    credit: z.string().max(500).nullable(),
    licenceUrl: z.string().nullable(),
  }),
});
export type CleanedFile = z.infer<typeof cleanedFile>;

/** In the order of the requested files */
export const renderedFacts = z.array(
  z.object({
    width: pixels,
    height: pixels,
    /** In bytes */
    size: z.int().positive(),
    sha256,
  }),
);
export type RenderedFacts = z.infer<typeof renderedFacts>;

/**
 * A process sends `ready` once. For each task it sends `begun`, and then its result. `drawing` precedes the drawing of an
 * SVG.
 */
export const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('begun') }),
  z.object({ kind: z.literal('drawing') }),
  z.object({ kind: z.literal('done'), result: z.union([cleanedFile, renderedFacts]) }),
  z.object({
    kind: z.literal('refused'),
    refusal: z.object({
      reason: z.union([
        z.tuple([z.literal('invalid'), z.enum(problemCodesOf(422))]),
        z.tuple([z.literal('unsupported'), z.enum(problemCodesOf(415))]),
        z.tuple([z.literal('too_large'), z.enum(problemCodesOf(413))]),
      ]),
      message: z.string(),
      details: z.record(z.string(), z.unknown()),
    }),
  }),
  z.object({ kind: z.literal('failed'), message: z.string(), code: z.string().optional() }),
]);
export type Report = z.infer<typeof report>;
