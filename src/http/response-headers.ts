import { z } from 'zod';

/** Response headers that many operations share: each is one component of the OpenAPI document. */

export const revisionHeaders = z.object({
  etag: z.string().meta({
    examples: ['"7"'],
    header: {
      id: 'RevisionETag',
      description: 'The revision in quotes. Send it as If-Match to change this revision.',
    },
  }),
});

const nextLink = z
  .string()
  .optional()
  .meta({
    header: { id: 'NextLink', description: 'URL of the next page, as rel="next". Missing on the last page.' },
  });

export const listHeaders = z.object({ link: nextLink });

/** Headers of prepared responses. */
export const cacheHeaders = z.object({
  etag: header('ContentETag', 'ETag of the response. Send it as If-None-Match to revalidate a copy.'),
  'cache-control': header('CacheControl', 'How long caches may keep the response.'),
  'surrogate-key': header(
    'SurrogateKey',
    'Cache keys by which a CDN can purge the response, separated by spaces.',
  ),
  vary: header(
    'Vary',
    'The request headers that select the response: Accept-Encoding and, for operations with several media types, Accept.',
  ),
  link: nextLink,
});

export const feedHeaders = cacheHeaders.extend({
  'last-modified': z
    .string()
    .optional()
    .meta({
      header: {
        id: 'LastModified',
        description:
          'Time of the last change. Send it as If-Modified-Since if you do not keep the ETag. Missing if the newsletter never had a published issue, and for a moment after several changes in one second.',
      },
    }),
});

function header(id: string, description: string) {
  return z.string().meta({ header: { id, description } });
}
