import { createHash } from 'node:crypto';

/** A response of the Content API, ready to send: nothing of it is computed per request. */
export type PreparedResponse = {
  bytes: Buffer;
  etag: string;
  headers: Readonly<Record<string, string>>;
  /** What a change of which makes it stale; see events/stale-keys.ts. */
  keys: readonly string[];
};

export type ResponseContent = {
  body: string;
  /** Of the body. Left out: JSON. */
  contentType?: string;
  /** What a change of which makes it stale. */
  keys: readonly string[];
  /** Of a list: the address of its next page. */
  next?: string | undefined;
  /** Left out: for a minute behind a CDN. */
  cacheControl?: string;
};

/** Fresh on every request to us, a minute old at most behind a CDN, which purges by Surrogate-Key. */
const CACHE_CONTROL = 'public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400';

const JSON_TYPE = 'application/json; charset=utf-8';

/** Where a list goes on: the cursor, and the address that holds it. */
export type NextPage = { cursor: string; address: string };

/** A page of a list, of entries that are JSON already. */
export function preparePage(
  entries: readonly string[],
  next: NextPage | null,
  keys: readonly string[],
): PreparedResponse {
  const page = JSON.stringify({ next: next?.cursor ?? null });
  return prepareResponse({
    body: `{"data":[${entries.join(',')}],"page":${page}}`,
    keys,
    next: next?.address,
  });
}

export function prepareResponse({
  body,
  contentType = JSON_TYPE,
  keys,
  next,
  cacheControl = CACHE_CONTROL,
}: ResponseContent): PreparedResponse {
  const bytes = Buffer.from(body);
  // Half of SHA-256 is far beyond chance, and shorter in every request.
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`;
  const headers = {
    etag,
    'content-type': contentType,
    'cache-control': cacheControl,
    'surrogate-key': keys.join(' '),
    'x-content-type-options': 'nosniff',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Link',
    ...(next === undefined ? {} : { link: `<${next}>; rel="next"` }),
  };
  return { bytes, etag, headers, keys };
}
