import { open } from 'node:fs/promises';
import { fileTypeFromBuffer } from 'file-type';
import sharp from 'sharp';
import { DomainError } from '../../errors.ts';
import { IMAGE_TYPES, type ImageExtension, type ImageType, isImageExtension } from './image-types.ts';

export type ImageFacts = {
  extension: ImageExtension;
  mimeType: ImageType;
  /** Pixels, as shown: an orientation noted in the file is applied. */
  width: number;
  height: number;
};

/** What bounds the memory for decoding one image. */
const MAX_PIXELS = 50_000_000;
/** Bytes at the start of a file in which its type shows. */
const HEAD_LENGTH = 4100;

// Each file is decoded once; the cache would only hold memory and open files.
sharp.cache(false);

/** One after the other: an AVIF of that many pixels takes most of a gigabyte while it is decoded. */
let lastDecoding: Promise<unknown> = Promise.resolve();

/** Finds out from the bytes alone what a file is, and decodes it whole to know that it is not damaged. */
export async function inspectImage(path: string): Promise<ImageFacts> {
  const extension = await readExtension(path);
  const size = await readSize(path);
  await inTurn(() => requireDecodable(path));
  return { extension, mimeType: IMAGE_TYPES[extension], ...size };
}

async function readExtension(path: string): Promise<ImageExtension> {
  const head = await readHead(path);
  if (head.length === 0) throw new DomainError('invalid', 'empty_file', 'The file is empty.');
  const found = await fileTypeFromBuffer(head);
  // An animated PNG is a PNG to everything that shows images.
  const extension = found?.ext === 'apng' ? 'png' : (found?.ext ?? '');
  if (isImageExtension(extension)) return extension;
  throw new DomainError(
    'unsupported',
    'unsupported_media',
    `By its bytes the file is ${found?.mime ?? 'of no known type'}; PNG, JPEG, WebP, GIF and AVIF are taken.`,
    { accepted: Object.values(IMAGE_TYPES) },
  );
}

async function readHead(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(HEAD_LENGTH), 0, HEAD_LENGTH, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** Reads the header alone, so that an image which claims to be huge costs nothing. */
async function readSize(path: string): Promise<{ width: number; height: number }> {
  const { width, height, autoOrient } = await sharp(path, { limitInputPixels: false })
    .metadata()
    .catch(refuseDamaged);
  if (width * height <= MAX_PIXELS) return autoOrient;
  throw new DomainError(
    'invalid',
    'too_many_pixels',
    `The image is ${width} by ${height} pixels; at most ${MAX_PIXELS} in all are taken.`,
    { width, height, maxPixels: MAX_PIXELS },
  );
}

function inTurn<T>(decode: () => Promise<T>): Promise<T> {
  const decoding = lastDecoding.then(decode);
  lastDecoding = decoding.catch(() => {});
  return decoding;
}

/** On `error`, not `warning`: cameras write files that decoders grumble about and show all the same. */
async function requireDecodable(path: string): Promise<void> {
  await sharp(path, { limitInputPixels: MAX_PIXELS, failOn: 'error' })
    .resize(1, 1, { fit: 'fill' })
    .raw()
    .toBuffer()
    .catch(refuseDamaged);
}

function refuseDamaged(): never {
  throw new DomainError('invalid', 'damaged_image', 'The image cannot be decoded: it is damaged or cut off.');
}
