import { createHash } from 'node:crypto';
import { ALL_CONTENT } from './stale-channel.ts';

/** A response of the Content API, ready to send: nothing of it is computed per request. */
export type PreparedResponse = {
  plain: Representation;
  /** Added once they are asked for; see response-cache.ts. */
  br?: Representation;
  gzip?: Representation;
  /** The head of a 304 by the ETag that the client names, of any encoding: all of them say the same. */
  notModified: ReadonlyMap<string, Head>;
  /** What a change of which makes it stale; the vocabulary is in events/stale-keys.ts. */
  keys: readonly string[];
};

/** The body in one encoding. Each has an ETag of its own, as strong ones must: RFC 9110, 8.8.3.3. */
export type Representation = { bytes: Buffer; head: Head };

/** Names and values in turn, as `writeHead` takes them. */
export type Head = string[];

export type Encoding = 'br' | 'gzip';

export type ResponseContent = {
  body: string;
  /** Left out: JSON. */
  contentType?: string;
  /** Left out: fresh on every request to us, and for a minute in a CDN, which purges by Surrogate-Key. */
  cacheControl?: string;
  keys: readonly string[];
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
  const bytes = Buffer.from(content.body);
  // Half of SHA-256 is far beyond chance, and shorter in every request.
  const hash = createHash('sha256').update(bytes).digest('base64url').slice(0, 22);
  const [plain, ...encoded] = [`"${hash}"`, etagOf(hash, 'br'), etagOf(hash, 'gzip')] as const;
  const common = describeCommon(content);
  const type = ['content-type', content.contentType ?? JSON_TYPE];
  return {
    plain: { bytes, head: [...common, ...type, 'etag', plain, 'content-length', String(bytes.length)] },
    notModified: new Map([plain, ...encoded].map((etag) => [etag, [...common, 'etag', etag]])),
    keys: content.keys,
  };
}

/** The same response, its body encoded to `bytes`. */
export function encodeResponse(
  { plain }: PreparedResponse,
  encoding: Encoding,
  bytes: Buffer,
): Representation {
  const head = [...plain.head, 'content-encoding', encoding];
  const etagAt = head.indexOf('etag') + 1;
  head[etagAt] = etagOf(head[etagAt]?.slice(1, -1) ?? '', encoding);
  head[head.indexOf('content-length') + 1] = String(bytes.length);
  return { bytes, head };
}

function etagOf(hash: string, encoding: Encoding): string {
  return `"${hash}-${encoding}"`;
}

/** What a 304 repeats: RFC 9110, 15.4.5. */
function describeCommon({ cacheControl = CACHE_CONTROL, keys, next }: ResponseContent): Head {
  return [
    ...['cache-control', cacheControl],
    ...['surrogate-key', [ALL_CONTENT, ...keys].join(' ')],
    ...['vary', 'accept-encoding'],
    ...['x-content-type-options', 'nosniff'],
    ...['access-control-allow-origin', '*'],
    ...['access-control-expose-headers', 'ETag, Link'],
    ...(next === undefined ? [] : ['link', `<${next}>; rel="next"`]),
  ];
}
