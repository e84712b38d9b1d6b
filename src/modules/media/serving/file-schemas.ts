import { z } from 'zod';
import type { ZodOpenApiResponseObject } from 'zod-openapi';
import { FILE_TYPES } from '../files/file-types.ts';

export const DESCRIPTION = `Open to everybody and to every origin. Answers with the file, one of its renditions, or a crop of it.

What is at a name never changes. A rendition or a crop that is not made yet is answered with the file itself, for a
minute. A crop is AVIF or WebP where Accept names these types, else JPEG or PNG; what moves or is no image is not cut.
Honours If-None-Match, and for a GET one Range with If-Range.`;

export const fileParams = z.object({
  fileName: z.string().meta({
    description: 'As in the `url` or the `sources` of the media.',
    examples: ['9f86d081884c7d65-2f1a8c345d0b4c1e9a776b3d.png'],
  }),
});

/** What they do not understand they leave aside, as HTTP has it; so none of them is refused. */
export const fileHeaders = z.looseObject({
  range: z
    .string()
    .optional()
    .meta({
      description: 'One range of bytes. Several are answered with the whole.',
      examples: ['bytes=0-499'],
    }),
  'if-range': z
    .string()
    .optional()
    .meta({ description: 'The ETag of the bytes that a range is of; others are sent whole.' }),
  'if-none-match': z.string().optional().meta({ description: 'ETags of what the client has.' }),
});

const cacheControl = z.string().meta({ examples: ['public, max-age=31536000, immutable'] });

const bytesHeaders = {
  etag: z.string().meta({ description: 'Strong.' }),
  'cache-control': cacheControl,
  'accept-ranges': z.literal('bytes'),
  'content-disposition': z.string().meta({
    description: 'RFC 6266, with the name that the file came with: images inline, the rest as attachment.',
  }),
  'content-security-policy': z.string().meta({ description: 'Always a sandbox.' }),
  vary: z.literal('Accept').optional().meta({ description: 'Of a crop.' }),
};

const bytes = z.instanceof(Buffer).meta({ override: { type: 'string', format: 'binary' } });
const content = Object.fromEntries(Object.values(FILE_TYPES).map((type) => [type, { schema: bytes }]));

/** Entries of the route's `response`. */
export const fileAnswers = {
  200: { description: 'The bytes.', headers: z.object(bytesHeaders), content },
  206: {
    description: 'The bytes that Range asks for.',
    headers: z.object({
      ...bytesHeaders,
      'content-range': z.string().meta({ examples: ['bytes 0-499/48213'] }),
    }),
    content,
  },
  302: {
    description: 'The bytes are elsewhere, where the storage lets everybody read them. Never of an SVG.',
    headers: z.object({ location: z.string(), 'cache-control': cacheControl }),
  },
  304: { description: 'The bytes are those that If-None-Match names.' },
} satisfies Record<number, ZodOpenApiResponseObject>;
