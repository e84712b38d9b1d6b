import { z } from 'zod';

/** Response headers that many operations share: each is one component of the OpenAPI document. */

export const revisionHeaders = z.object({
  etag: z.string().meta({
    examples: ['"7"'],
    header: { id: 'RevisionETag', description: 'The revision, in quotes: send it back as If-Match.' },
  }),
});

const nextLink = z
  .string()
  .optional()
  .meta({
    header: { id: 'NextLink', description: 'Of a list: its next page, as rel="next"; not on the last.' },
  });

export const listHeaders = z.object({ link: nextLink });

/** Of what is kept prepared. */
export const cacheHeaders = z.object({
  etag: header('ContentETag', 'Of these bytes.'),
  'cache-control': header('CacheControl', 'How long caches may keep it.'),
  'surrogate-key': header('SurrogateKey', 'For a CDN: what a change of which makes this stale.'),
  vary: header(
    'Vary',
    'Bodies are also sent in brotli and gzip, and of some addresses in what Accept names.',
  ),
  link: nextLink,
});

function header(id: string, description: string) {
  return z.string().meta({ header: { id, description } });
}
