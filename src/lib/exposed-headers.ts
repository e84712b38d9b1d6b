/**
 * The response headers that scripts of other origins may read, besides those that browsers always let them read:
 * https://fetch.spec.whatwg.org/#cors-safelisted-response-header-name
 */
export const EXPOSED_HEADERS: readonly string[] = [
  'Accept-Ranges',
  'Allow',
  'Content-Disposition',
  'Content-Length',
  'Content-Range',
  'ETag',
  'Link',
  'Location',
  'Retry-After',
];

/** On every public response, including problems: pages of every origin may read it. */
export const OPEN_TO_ALL = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': EXPOSED_HEADERS.join(', '),
} as const;
