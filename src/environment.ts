import { z } from 'zod';

/** The variables of the environment, each with its rules and default. config.ts reads them. */

const MAX_CROP_SIDE_PX = 4096;
/** A random key of 32 hexadecimal digits has more. A key such as `aaaa…` has fewer. */
const MIN_DIFFERENT_CHARACTERS = 8;
/** The largest size that an integer column can store. */
const MAX_FILE_BYTES = 2 ** 31 - 1;

const list = z.string().transform((text) => text.split(',').map((entry) => entry.trim()));

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'each entry must be an origin such as https://admin.example.com',
});

/** fetch() refuses a URL with a user name or password. */
const fetchableUrl = (error: string) =>
  z
    .url({ protocol: /^https?$/, error, abort: true })
    .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
      error: 'must not contain a user name or password',
    });

const purgeUrl = fetchableUrl('each entry must be an http or https URL');

/** Paths are appended to it. */
const registryUrl = fetchableUrl('must be an http or https URL').refine((text) => !/[?#]/.test(text), {
  error: 'must not contain a query or a fragment',
});

const cropSize = z
  .string()
  .regex(/^[1-9]\d{0,3}x[1-9]\d{0,3}$/, { error: 'each entry must be a width and a height such as 1200x630' })
  .transform((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  })
  .refine(({ width, height }) => Math.max(width, height) <= MAX_CROP_SIDE_PX, {
    error: `each width and height must be at most ${MAX_CROP_SIDE_PX} pixels`,
  });

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

export const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// URL' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  BOOTSTRAP_ADMIN_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, {
      error: 'must consist of visible ASCII characters, because it is sent in a header',
    })
    .min(32, { error: 'must have at least 32 characters' })
    .max(200)
    .refine((key) => new Set(key).size >= MIN_DIFFERENT_CHARACTERS, {
      error: `must have at least ${MIN_DIFFERENT_CHARACTERS} different characters, as a random key has`,
    })
    .optional(),
  SAMPLE_CONTENT: flag.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  CORS_ORIGINS: list.pipe(z.array(origin)).optional(),
  CONTENT_CACHE_BYTES: z.coerce
    .number({ error: 'must be a number of bytes' })
    .int()
    .min(0)
    .max(64 * 1024 ** 3)
    .default(64 * 1024 * 1024),
  MEDIA_MAX_BYTES: z.coerce
    .number({ error: 'must be a number of bytes' })
    .int()
    .min(1)
    .max(MAX_FILE_BYTES)
    .default(20 * 1024 * 1024),
  MEDIA_CROPS: list.pipe(z.array(cropSize).max(10)).default([{ width: 1200, height: 630 }]),
  MEDIA_STORAGE: z.enum(['disk', 's3'], { error: 'must be disk or s3' }).default('disk'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{1,61}[A-Za-z0-9]$/, { error: 'must be a valid bucket name' })
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: flag.default(false),
  MEDIA_REDIRECT: z.enum(['none', 'presigned'], { error: 'must be none or presigned' }).default('none'),
  MEDIA_BASE_URL: z.url({ protocol: /^https$/, error: 'must be an https URL' }).optional(),
  CDN_PURGE_URLS: list.pipe(z.array(purgeUrl).max(20)).default([]),
  METADATA_LOOKUP: flag.default(true),
  METADATA_CONTACT: z.email({ error: 'must be an email address' }).max(200).optional(),
  ARXIV_URL: registryUrl.default('https://export.arxiv.org'),
  CROSSREF_URL: registryUrl.default('https://api.crossref.org'),
  DATACITE_URL: registryUrl.default('https://api.datacite.org'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export type Environment = z.infer<typeof environment>;
