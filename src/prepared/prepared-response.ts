import { hash } from 'node:crypto';
import type { Offers } from './choose-offer.ts';
import { ALL_CONTENT } from './stale-channel.ts';
import { toBytes } from './to-bytes.ts';

/** A response of the Content API, ready to send: nothing of it is computed per request. */
export type PreparedResponse = {
  plain: Representation;
  /** Added once they are asked for; see response-cache.ts. */
  br?: Representation;
  gzip?: Representation;
  /** Of each encoding, made or not: strong ones must differ, RFC 9110, 8.8.3.3. */
  etags: Readonly<Record<'plain' | Encoding, string>>;
  /** What a 304 repeats: RFC 9110, 15.4.5. */
  common: Head;
  /** What a change of which makes it stale; the vocabulary is in cache-keys.ts. */
  keys: readonly string[];
  /** Of which Accept chose this one. Null: Accept changes nothing. */
  offers: Offers | null;
};

/** The body in one encoding. */
export type Representation = { bytes: Buffer; head: Head };

/** Names and values in turn, as `writeHead` takes them. */
export type Head = string[];

export type Encoding = 'br' | 'gzip';

/** A body, and what makes it stale when it changes. */
export type KeyedBody = { body: string; keys: readonly string[] };

export type ResponseContent = KeyedBody & {
  /** Left out: JSON. */
  contentType?: string;
  /** Left out: fresh on every request to us, and for a minute in a CDN, which purges by Surrogate-Key. */
  cacheControl?: string;
  /** Left out: Accept changes nothing. */
  offers?: Offers | null;
  /** Of a list: the address of its next page. */
  next?: string | undefined;
};

const JSON_TYPE = 'application/json; charset=utf-8';
const CACHE_CONTROL = 'public, max-age=0, s-maxage=60, stale-while-revalidate=600, stale-if-error=86400';

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

export function prepareResponse(content: ResponseContent): PreparedResponse {
  const { body, contentType: type = JSON_TYPE, keys, offers = null } = content;
  const bytes = toBytes(body);
  // Of one address, the same bytes of two types are two representations: RFC 9110, 8.8.3.
  const sum = sumOf(offers !== null && type !== JSON_TYPE ? `${type}\n${body}` : bytes);
  const etags = { plain: `"${sum}"`, br: `"${sum}-br"`, gzip: `"${sum}-gzip"` };
  const common = describeCommon(content);
  const head = [...common, 'content-type', type, ...describeBody(etags.plain, bytes)];
  return { plain: { bytes, head }, etags, common, keys, offers };
}

/** Half of SHA-256 is far beyond chance, and shorter in every request. */
function sumOf(content: string | Buffer): string {
  return hash('sha256', content, 'base64url').slice(0, 22);
}

/** The same response, its body encoded to `bytes`. */
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
    ...['access-control-allow-origin', '*'],
    ...['access-control-expose-headers', 'ETag, Link'],
    ...(next === undefined ? [] : ['link', `<${next}>; rel="next"`]),
  ];
}
