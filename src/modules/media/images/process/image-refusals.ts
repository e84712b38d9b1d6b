import { DomainError } from '../../../../errors.ts';
import { FILE_TYPES } from '../../files/file-types.ts';
import { MAX_FRAMES, MAX_PIXELS, MAX_SVG_BYTES, MAX_TOTAL_PIXELS } from './image-limits.ts';

export function emptyFile(): DomainError {
  return new DomainError('invalid', 'empty_file', 'The file is empty.');
}

export function damagedImage(): DomainError {
  return new DomainError(
    'invalid',
    'damaged_image',
    'The image cannot be decoded: it is damaged or truncated.',
  );
}

/** An error from sharp means that the image is damaged. A TypeError is a bug in this code and is thrown unchanged. */
export function throwDamagedImage(error: unknown): never {
  throw error instanceof DomainError || error instanceof TypeError ? error : damagedImage();
}

export function unsupportedMedia(found = 'unknown'): DomainError {
  return new DomainError(
    'unsupported',
    'unsupported_media',
    `The type of the file, detected from its bytes, is ${found}; send a PNG, JPEG, WebP, GIF, AVIF, SVG, MP3, M4A or PDF file.`,
    { accepted: Object.values(FILE_TYPES) },
  );
}

export function tooManyPixels(width: number, height: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_pixels',
    `The image has ${width} by ${height} pixels; the limit is ${MAX_PIXELS} pixels in total.`,
    { width, height, maxPixels: MAX_PIXELS },
  );
}

export function tooManyTotalPixels(width: number, height: number, frames: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_pixels',
    `The ${frames} frames of ${width} by ${height} pixels have ${width * height * frames} pixels together; the limit is ${MAX_TOTAL_PIXELS}.`,
    { width, height, frames, maxPixels: MAX_TOTAL_PIXELS },
  );
}

export function tooManyFrames(frames: number): DomainError {
  return new DomainError(
    'invalid',
    'too_many_frames',
    `The image has ${frames} frames; the limit is ${MAX_FRAMES}.`,
    { frames, maxFrames: MAX_FRAMES },
  );
}

export function undecodableAnimation(): DomainError {
  return new DomainError(
    'unsupported',
    'unsupported_media',
    'The image is an animated PNG or AVIF, and only its first frame could be shown; send the animation as WebP or GIF, or an image of one frame.',
    { accepted: Object.values(FILE_TYPES) },
  );
}

export function fileTooSlow(): DomainError {
  return new DomainError(
    'invalid',
    'file_too_slow',
    'The file takes too long to decode and clean; send a smaller image, or one in another format.',
  );
}

export function svgTooLarge(): DomainError {
  return new DomainError(
    'too_large',
    'file_too_large',
    `The SVG is too large; the limit is ${MAX_SVG_BYTES} bytes.`,
    {
      maxBytes: MAX_SVG_BYTES,
    },
  );
}

export function svgWithEntities(): DomainError {
  return new DomainError(
    'invalid',
    'svg_with_entities',
    'The SVG declares entities, which are not supported; export it without them.',
  );
}

/** `quote`: the beginning of the text that would be lost. Null if a drawing or an image would be. */
export function svgWithHtml(quote: string | null): DomainError {
  const what = quote === null ? 'a drawing or an image' : `the text “${quote}”`;
  return new DomainError(
    'invalid',
    'svg_with_html',
    `The SVG has ${what} in a foreignObject or flowRoot, which most programs do not draw. Export it with SVG text and images.`,
  );
}

export function svgTooComplex(): DomainError {
  return new DomainError(
    'invalid',
    'svg_too_complex',
    'The SVG is too complex to draw: it has too many elements, repeats them too often, or has slow filters, masks or dashes.',
  );
}

export function svgWithoutSize(): DomainError {
  return new DomainError(
    'invalid',
    'svg_without_size',
    'The SVG has no size; give its root element a viewBox, or a width and a height.',
  );
}
