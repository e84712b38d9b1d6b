import { contentDisposition } from '../files/content-disposition.ts';
import { isImageType } from '../files/file-types.ts';
import type { ByteRange } from '../storage/storage.ts';
import { type Choice, CROP_AGE, FOR_EVER } from './choose-files.ts';

/** Of every answer, refusals too: a page of any origin may show the bytes, and a script of it may read them. */
export const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers':
    'Accept-Ranges, Content-Disposition, Content-Length, Content-Range, ETag, Location',
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** What may be an image in a page of its own: browsers style it inline, and an SVG may do so and hold images. */
const SHOWN = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
const SAVED = "default-src 'none'; sandbox";

/** Seconds. An address elsewhere may be signed anew, or the bytes be moved. */
const MAX_REDIRECT_AGE = 3_600;

export function etagOfFile({ fileName }: Choice): string {
  return `"${fileName}"`;
}

/** Also of a 304: RFC 9110, 15.4.5. */
export function cacheHeaders(choice: Choice): Record<string, string> {
  return { etag: etagOfFile(choice), ...lifetime(choice, choice.maxAge) };
}

export function contentHeaders(
  { mimeType, originalName, size }: Choice,
  range: ByteRange | null,
): Record<string, string | number> {
  return {
    'accept-ranges': 'bytes',
    'content-type': mimeType,
    'content-length': range ? range.end - range.start + 1 : size,
    'content-disposition': contentDisposition(mimeType, originalName),
    'content-security-policy': isImageType(mimeType) ? SHOWN : SAVED,
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
  };
}

/**
 * `seconds` is how long the address is good. It is a key to bytes that are public, so any cache may keep it; to
 * half its life, so that whoever finds it there has as long again to use it.
 */
export function redirectHeaders(
  choice: Choice,
  { url, seconds }: { url: string; seconds: number },
): Record<string, string> {
  const maxAge = Math.min(choice.maxAge, MAX_REDIRECT_AGE, Math.floor(seconds / 2));
  return { location: url, ...lifetime(choice, maxAge) };
}

/** An SVG needs the headers that only we send. A crop goes when the focal point moves: a redirect would outlive it. */
export function canBeRedirected({ mimeType, maxAge }: Choice): boolean {
  return mimeType !== 'image/svg+xml' && maxAge !== CROP_AGE;
}

function lifetime({ variesByAccept }: Choice, maxAge: number): Record<string, string> {
  const caching = `public, max-age=${maxAge}${maxAge === FOR_EVER ? ', immutable' : ''}`;
  return { 'cache-control': caching, ...(variesByAccept && { vary: 'Accept' }) };
}
