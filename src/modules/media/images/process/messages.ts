import { z } from 'zod';
import { problemCodesOf } from '../../../../problems/catalogue.ts';
import { FILE_TYPES, type FileExtension, isFileExtension } from '../../files/file-types.ts';

/** What the server and an image process say to each other. Either side parses what comes from the other. */

const path = z.string();
const pixels = z.int().positive();
const fraction = z.number().min(0).max(1);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

const rendering = z.object({
  path,
  format: z.enum(['avif', 'webp', 'jpg', 'png']),
  /** Pixels. Where the source has fewer, it stays as it is. */
  width: pixels,
  /** Pixels. Null: what the ratio of the source makes of the width. */
  height: pixels.nullable(),
  /** What a crop to that width and height keeps as near to its middle as can be: fractions of the source. */
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
  /** Bytes of the file as written. */
  size: z.int().nonnegative(),
  sha256,
  /** Pixels, as shown. Null: not an image. */
  width: pixels.nullable(),
  height: pixels.nullable(),
  /** 1 for a still image. Null: not an image. */
  frames: pixels.nullable(),
  /** Something in it is transparent. */
  hasAlpha: z.boolean(),
  /** Base64. Null: not an image. */
  thumbhash: z.string().max(100).nullable(),
  /** A `data:` address. Null: not an image, or one that can be seen through. */
  placeholder: z.string().max(400).nullable(),
  /** What the file said of itself, before it was stripped. */
  words: z.object({
    alt: z.string().max(2000).nullable(),
    caption: z.string().max(2000).nullable(),
    credit: z.string().max(500).nullable(),
    licenceUrl: z.string().nullable(),
  }),
});
export type CleanedFile = z.infer<typeof cleanedFile>;

/** In the order of what was wanted. */
export const renderedFacts = z.array(
  z.object({
    width: pixels,
    height: pixels,
    /** Bytes. */
    size: z.int().positive(),
    sha256,
  }),
);
export type RenderedFacts = z.infer<typeof renderedFacts>;

/** The first message says that the process is there. Two follow each task: that it is begun, and what came of it. */
export const report = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('begun') }),
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
