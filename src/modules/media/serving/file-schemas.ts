import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { FILE_TYPES } from '../files/file-types.ts';

export const DESCRIPTION = `Returns the file, one of its renditions, or a crop. It needs no credentials and is open to every origin.

The bytes under a file name never change. While a rendition or crop does not exist yet, the file itself is served with
a lifetime of one minute. A crop is AVIF or WebP if Accept names the type, otherwise JPEG or PNG; animations and files
that are not images are never cropped. The operation honours If-None-Match and, for GET, a single Range with If-Range.`;

export const fileParams = z.object({
  fileName: z.string().meta({
    description: 'File name, as in the `url` or the `sources` of a media file.',
    examples: ['9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png'],
  }),
});

/** HTTP requires that malformed values of these headers are ignored, so no value is refused. */
export const fileHeaders = z.looseObject({
  range: z
    .string()
    .optional()
    .meta({
      description: 'A single range of bytes. Several ranges are ignored, and the whole file is returned.',
      examples: ['bytes=0-499'],
    }),
  'if-range': z.string().optional().meta({
    description:
      'ETag of the representation that Range refers to. If it does not match, the whole file is returned.',
  }),
  'if-none-match': z.string().optional().meta({ description: 'ETags of the copies that the client has.' }),
});

const cacheControl = z.string().meta({ examples: ['public, max-age=31536000, immutable'] });

const bytesHeaders = {
  etag: z.string().meta({ description: 'A strong ETag.' }),
  'cache-control': cacheControl,
  'accept-ranges': z.literal('bytes'),
  'content-disposition': z.string().meta({
    description:
      'As in RFC 6266, with the file name at upload: `inline` for images, `attachment` for all other files.',
  }),
  'content-security-policy': z.string().meta({ description: 'A policy that always includes `sandbox`.' }),
  vary: z.literal('Accept').optional().meta({ description: 'Present for crops.' }),
};

const bytes = z.instanceof(Buffer).meta({ override: { type: 'string', format: 'binary' } });
const content = Object.fromEntries(Object.values(FILE_TYPES).map((type) => [type, { schema: bytes }]));

/** Entries of the `response` of the route. */
export const fileAnswers = {
  200: { description: 'The bytes.', headers: z.object(bytesHeaders), content },
  206: {
    description: 'The bytes that Range requests.',
    headers: z.object({
      ...bytesHeaders,
      'content-range': z.string().meta({ examples: ['bytes 0-499/48213'] }),
    }),
    content,
  },
  302: {
    description:
      'The bytes are at another URL, if redirects to the storage or a CDN are configured. SVG files and crops are never redirected.',
    headers: z.object({ location: z.string(), 'cache-control': cacheControl }),
  },
  304: { description: 'The client has the current bytes, according to If-None-Match.' },
} satisfies Record<number, ZodOpenApiResponseObject>;
