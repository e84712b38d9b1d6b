import { createHash } from 'node:crypto';

/** A response of the Content API, ready to send: nothing of it is computed per request. */
export type PreparedResponse = { bytes: Buffer; etag: string; headers: Record<string, string> };

/** Fresh on every request to us, a minute old at most behind a CDN, which purges by Surrogate-Key. */
const CACHE_CONTROL = 'public, max-age=0, s-maxage=60, stale-while-revalidate=600';

/** Where a list goes on: the cursor, and the address that holds it. */
export type NextPage = { cursor: string; address: string };

/** A page of a list, of entries that are JSON already. */
export function preparePage(
  entries: readonly string[],
  next: NextPage | null,
  keys: readonly string[],
): PreparedResponse {
  const page = JSON.stringify({ next: next?.cursor ?? null });
  return prepareResponse(`{"data":[${entries.join(',')}],"page":${page}}`, keys, next?.address);
}

/** `keys`: what a change of which makes the response stale. `link`: of a list, its next page. */
export function prepareResponse(
  json: string,
  keys: readonly string[],
  link: string | null = null,
): PreparedResponse {
  const bytes = Buffer.from(json);
  // Half of SHA-256 is far beyond chance, and shorter in every request.
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'content-type': 'application/json; charset=utf-8',
    'cache-control': CACHE_CONTROL,
    'surrogate-key': keys.join(' '),
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Link',
    ...(link === null ? {} : { link: `<${link}>; rel="next"` }),
  };
  return { bytes, etag, headers };
}
