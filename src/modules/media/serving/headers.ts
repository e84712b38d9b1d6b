import { OPEN_TO_ALL } from '../../../lib/exposed-headers.ts';
import { contentDisposition } from '../files/content-disposition.ts';
import { isImageType } from '../files/file-types.ts';
import type { ByteRange } from '../storage/storage.ts';
import { type Choice, CROP_MAX_AGE_SECONDS, IMMUTABLE_MAX_AGE_SECONDS } from './choose-files.ts';

/** On every response, also on problems: pages of any origin may show the bytes, and their scripts may read them. */
export const EMBEDDABLE = {
  ...OPEN_TO_ALL,
  'cross-origin-resource-policy': 'cross-origin',
  'x-content-type-options': 'nosniff',
};

/** For an image that is opened in a tab: browsers add inline styles, and an SVG may have styles and embedded images. */
const IMAGE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox";
const DOWNLOAD_POLICY = "default-src 'none'; sandbox";

/** The operator may move the bytes, so a redirect must not be cached for long. */
const MAX_REDIRECT_AGE_SECONDS = 3_600;

export function etagOfFile({ fileName }: Choice): string {
  return `"${fileName}"`;
}

/** A 304 has these headers too: RFC 9110 section 15.4.5. */
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
    'content-security-policy': isImageType(mimeType) ? IMAGE_POLICY : DOWNLOAD_POLICY,
    ...(range && { 'content-range': `bytes ${range.start}-${range.end}/${size}` }),
  };
}

/**
 * The bytes are public, so shared caches may keep a redirect to a signed URL. They keep it for half of the time for
 * which the URL is valid (`seconds`), so that a client that gets it from a cache has the other half to use it.
 */
export function redirectHeaders(
  choice: Choice,
  { url, seconds }: { url: string; seconds: number },
): Record<string, string> {
  const maxAge = Math.min(choice.maxAge, MAX_REDIRECT_AGE_SECONDS, Math.floor(seconds / 2));
  return { location: url, ...lifetime(choice, maxAge) };
}

/**
 * An SVG needs security headers that the storage does not send. A crop is deleted when the focal point moves, and a
 * cached redirect would then lead nowhere.
 */
export function canBeRedirected({ mimeType, maxAge }: Choice): boolean {
  return mimeType !== 'image/svg+xml' && maxAge !== CROP_MAX_AGE_SECONDS;
}

function lifetime({ variesByAccept }: Choice, maxAge: number): Record<string, string> {
  const caching = `public, max-age=${maxAge}${maxAge === IMMUTABLE_MAX_AGE_SECONDS ? ', immutable' : ''}`;
  return { 'cache-control': caching, ...(variesByAccept && { vary: 'Accept' }) };
}
