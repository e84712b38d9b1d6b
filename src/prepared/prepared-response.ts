import { hash } from 'node:crypto';
import { OPEN_TO_ALL } from '../lib/exposed-headers.ts';
import type { Offers } from './choose-offer.ts';
import { ALL_CONTENT } from './stale-channel.ts';
import { toBytes } from './to-bytes.ts';

/** A response of the Content API that is ready to send: its bytes and headers are computed once, not per request. */
export type PreparedResponse = {
  plain: Representation;
  /** Added after the first request for the encoding; see response-cache.ts. */
  br?: Representation;
  gzip?: Representation;
  /** The ETag of each encoding, also before its body exists. Strong ETags must differ: RFC 9110, section 8.8.3.3. */
  etags: Readonly<Record<'plain' | Encoding, string>>;
  /** The headers that a 304 repeats: RFC 9110, section 15.4.5. */
  common: Head;
  /** Cache keys from cache-keys.ts. */
  keys: readonly string[];
  /** The offers among which Accept chose this response. Null: the response does not depend on Accept. */
  offers: Offers | null;
  /** In milliseconds since 1970, at a whole second. Null: there is no Last-Modified. */
  lastModified: number | null;
};

/** The body in one encoding. */
export type Representation = { bytes: Buffer; head: Head };

/** Header names and values, alternating, as `writeHead` takes them. */
export type Head = string[];

export type Encoding = 'br' | 'gzip';

/** A body and its cache keys. */
export type KeyedBody = { body: string; keys: readonly string[] };

export type ResponseContent = KeyedBody & {
  /** Defaults to JSON. */
  contentType?: string;
  /** Defaults to revalidation by browsers and one minute in a CDN, which can also purge by Surrogate-Key. */
  cacheControl?: string;
  /** Defaults to null, as in PreparedResponse. */
  offers?: Offers | null;
  /** Address of the next page of a list. */
  next?: string | undefined;
  /** Defaults to null, as in PreparedResponse. */
  lastModified?: number | null;
};

const JSON_TYPE = 'application/json; charset=utf-8';
const CACHE_CONTROL = 'public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400';

/** The cursor of the next page, and the address that contains it. */
export type NextPage = { cursor: string; address: string };

/** Prepares a page of a list. The entries are JSON texts. */
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

export function prepareResponse(content: ResponseContent): PreparedResponse {
  const { body, contentType: type = JSON_TYPE, keys, offers = null, lastModified = null } = content;
  const bytes = toBytes(body);
  // The same bytes with two media types are two representations, which need different ETags: RFC 9110, section 8.8.3.
  const sum = sumOf(offers !== null && type !== JSON_TYPE ? `${type}\n${body}` : bytes);
  const etags = { plain: `"${sum}"`, br: `"${sum}-br"`, gzip: `"${sum}-gzip"` };
  const common = describeCommon(content);
  const head = [...common, 'content-type', type, ...describeBody(etags.plain, bytes)];
  return { plain: { bytes, head }, etags, common, keys, offers, lastModified };
}

/** 132 bits of SHA-256 make collisions negligible and the ETag short. */
function sumOf(content: string | Buffer): string {
  return hash('sha256', content, 'base64url').slice(0, 22);
}

/** The representation whose body was compressed to `bytes`. */
export function encodeResponse(
  { plain, etags }: PreparedResponse,
  encoding: Encoding,
  bytes: Buffer,
): Representation {
  const rest = plain.head.slice(0, plain.head.indexOf('etag'));
  return { bytes, head: [...rest, 'content-encoding', encoding, ...describeBody(etags[encoding], bytes)] };
}

function describeBody(etag: string, { length }: Buffer): Head {
  return ['etag', etag, 'content-length', String(length)];
}

function describeCommon({ cacheControl = CACHE_CONTROL, keys, next, offers = null }: ResponseContent): Head {
  return [
    ...['cache-control', cacheControl],
    ...['surrogate-key', [ALL_CONTENT, ...keys].join(' ')],
    ...['vary', offers !== null ? 'accept, accept-encoding' : 'accept-encoding'],
    ...['x-content-type-options', 'nosniff'],
    ...Object.entries(OPEN_TO_ALL).flat(),
    ...(next === undefined ? [] : ['link', `<${next}>; rel="next"`]),
  ];
}
