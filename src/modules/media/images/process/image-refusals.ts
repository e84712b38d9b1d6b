import { DomainError } from '../../../../errors.ts';
import { FILE_TYPES } from '../../files/file-types.ts';
import { MAX_FRAMES, MAX_PIXELS, MAX_PIXELS_IN_ALL, MAX_SVG_SIZE } from './image-limits.ts';

export function emptyFile(): DomainError {
  return new DomainError('invalid', 'empty_file', 'The file is empty.');
}

export function damagedImage(): DomainError {
  return new DomainError(
    'invalid',
    'damaged_image',
    'The image cannot be decoded: it is damaged or cut off.',
  );
}

/** What sharp says while it reads bytes, it says of the bytes. A fault of this code is not theirs. */
export function refuseDamaged(error: unknown): never {
  throw error instanceof DomainError || error instanceof TypeError ? error : damagedImage();
}

export function unsupportedMedia(found = 'of no known type'): DomainError {
  return new DomainError(
    'unsupported',
    'unsupported_media',
    `By its bytes the file is ${found}; PNG, JPEG, WebP, GIF, AVIF, SVG, MP3, M4A and PDF are taken.`,
    { accepted: Object.values(FILE_TYPES) },
  );
}

export function tooManyPixels(width: number, height: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_pixels',
    `The image is ${width} by ${height} pixels; at most ${MAX_PIXELS} in all are taken.`,
    { width, height, maxPixels: MAX_PIXELS },
  );
}

export function tooManyPixelsInAll(width: number, height: number, frames: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_pixels',
    `The ${frames} frames of ${width} by ${height} pixels are ${width * height * frames} pixels together; at most ${MAX_PIXELS_IN_ALL} are taken.`,
    { width, height, frames, maxPixels: MAX_PIXELS_IN_ALL },
  );
}

export function tooManyFrames(frames: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_frames',
    `The image has ${frames} frames; at most ${MAX_FRAMES} are taken.`,
    { frames, maxFrames: MAX_FRAMES },
  );
}

export function svgTooLarge(): DomainError {
  return new DomainError('too_large', 'file_too_large', `An SVG may have ${MAX_SVG_SIZE} bytes at most.`, {
    maxBytes: MAX_SVG_SIZE,
  });
}

export function svgWithEntities(): DomainError {
  return new DomainError(
    'invalid',
    'svg_with_entities',
    'The SVG declares entities of its own, which are not taken: export it without them.',
  );
}

export function svgWithoutSize(): DomainError {
  return new DomainError(
    'invalid',
    'svg_without_size',
    'The SVG states no size: it needs a viewBox, or a width and a height.',
  );
}
