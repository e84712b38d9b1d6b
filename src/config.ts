import { z } from 'zod';

/** All that the environment decides, checked once at start and passed on; nothing else reads process.env. */
export type Config = Readonly<{
  host: string;
  port: number;
  /** Null: the embedded server, in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  bootstrapAdminKey: string | null;
  /** Null: load it when the embedded database is new. */
  sampleContent: boolean | null;
  /** Base of absolute addresses, without a trailing slash. */
  publicUrl: string;
  corsOrigins: readonly string[];
  /** Bytes of prepared responses that a node keeps at most. */
  contentCacheBytes: number;
  /** Bytes of one file at most. */
  mediaMaxBytes: number;
  /** Sizes, in pixels, to which images may be asked for cut. */
  mediaCrops: readonly Readonly<{ width: number; height: number }>[];
  /** Null: media lie on the disk, in `dataDir`. */
  mediaS3: S3Config | null;
  /** Caches that are told what became stale. */
  cdnPurgeUrls: readonly string[];
  metadata: MetadataConfig;
  logLevel: LogLevel;
}>;

/** A bucket of a server that speaks S3. */
export type S3Config = Readonly<{
  /** Null: AWS. */
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Whether the bucket stands in the path of an address, not in its host. */
  pathStyle: boolean;
  /** Whether readers are sent to signed addresses of the bucket. */
  isPresigned: boolean;
  /** Of a CDN to which readers are sent, without a trailing slash. Null: none. */
  baseUrl: string | null;
}>;

/** The public registries of works, and how Masthead makes itself known to them. */
export type MetadataConfig = Readonly<{
  isEnabled: boolean;
  /** PUBLIC_URL where it is set. */
  site: string | null;
  /** An e-mail address at which the registries reach the operator. */
  contact: string | null;
  /** Without a trailing slash, like the two below. */
  arxivUrl: string;
  crossrefUrl: string;
  dataciteUrl: string;
}>;

export type LogLevel = z.infer<typeof logLevel>;

/** Thrown with one line for each variable at fault; never holds a value, which may be a secret. */
export class ConfigError extends Error {}

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']);

/** Pixels */
const MAX_CROP_SIDE = 4096;
/** Bytes; what the columns of the database can count. */
const MOST_BYTES = 2 ** 31 - 1;

const list = z.string().transform((text) => text.split(',').map((entry) => entry.trim()));

const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text, {
  error: 'each must be an origin, as in https://admin.example.com',
});

/** fetch() refuses one with a name or a password in it. */
const fetchedAddress = (error: string) =>
  z
    .url({ protocol: /^https?$/, error, abort: true })
    .refine((text) => new URL(text).username === '' && new URL(text).password === '', {
      error: 'no name and password can stand in an address',
    });

const purgeAddress = fetchedAddress('each must be an http(s) address');

/** Paths are put after it. */
const registryAddress = fetchedAddress('must be an http(s) address').refine((text) => !/[?#]/.test(text), {
  error: 'must not have a query or a fragment',
});

/** As in 1200x630; no larger than what a screen shows whole. */
const cropSize = z
  .string()
  .regex(/^[1-9]\d{0,3}x[1-9]\d{0,3}$/, { error: 'each must be a width and a height, as in 1200x630' })
  .transform((text) => {
    const [width = 0, height = 0] = text.split('x').map(Number);
    return { width, height };
  })
  .refine(({ width, height }) => Math.max(width, height) <= MAX_CROP_SIDE, {
    error: `each may be ${MAX_CROP_SIDE} pixels wide and high at most`,
  });

const flag = z
  .enum(['true', 'false'], { error: 'must be true or false' })
  .transform((text) => text === 'true');

export const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: z.coerce.number({ error: 'must be a number' }).int().min(0).max(65535).default(3000),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must be a postgresql:// address' }).optional(),
  DATA_DIR: z.string().min(1).default('.data'),
  BOOTSTRAP_ADMIN_KEY: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must be of visible ASCII characters: it is sent in a header' })
    .min(32, { error: 'must have at least 32 characters' })
    .max(200)
    .optional(),
  SAMPLE_CONTENT: flag.optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
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
    .max(MOST_BYTES)
    .default(20 * 1024 * 1024),
  MEDIA_CROPS: list.pipe(z.array(cropSize).max(10)).default([{ width: 1200, height: 630 }]),
  MEDIA_STORAGE: z.enum(['disk', 's3'], { error: 'must be disk or s3' }).default('disk'),
  S3_ENDPOINT: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  S3_REGION: z.string().min(1).default('us-east-1'),
  S3_BUCKET: z
    .string()
    .regex(/^[A-Za-z0-9][\w.-]{1,61}[A-Za-z0-9]$/, { error: 'must be a name that a bucket can have' })
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_PATH_STYLE: flag.default(false),
  MEDIA_REDIRECT: z.enum(['none', 'presigned'], { error: 'must be none or presigned' }).default('none'),
  MEDIA_BASE_URL: z.url({ protocol: /^https$/, error: 'must be an https address' }).optional(),
  CDN_PURGE_URLS: list.pipe(z.array(purgeAddress).max(20)).default([]),
  METADATA_LOOKUP: flag.default(true),
  METADATA_CONTACT: z.email({ error: 'must be an e-mail address' }).max(200).optional(),
  ARXIV_URL: registryAddress.default('https://export.arxiv.org'),
  CROSSREF_URL: registryAddress.default('https://api.crossref.org'),
  DATACITE_URL: registryAddress.default('https://api.datacite.org'),
  LOG_LEVEL: logLevel.default('info'),
});

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = withoutEmptyValues(env);
  const parsed = environment.safeParse(given);
  const faults = [...(parsed.error?.issues.map(describeIssue) ?? []), ...findContradictions(given)];
  if (!parsed.success || faults.length > 0) throw new ConfigError(describeFaults(faults));
  const { HOST, PORT, PUBLIC_URL } = parsed.data;
  return Object.freeze({
    host: HOST,
    port: PORT,
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    dataDir: parsed.data.DATA_DIR,
    bootstrapAdminKey: parsed.data.BOOTSTRAP_ADMIN_KEY ?? null,
    sampleContent: parsed.data.SAMPLE_CONTENT ?? null,
    publicUrl: withoutSlash(PUBLIC_URL ?? `http://${reachableHost(HOST)}:${PORT}`),
    corsOrigins: Object.freeze(parsed.data.CORS_ORIGINS ?? []),
    contentCacheBytes: parsed.data.CONTENT_CACHE_BYTES,
    mediaMaxBytes: parsed.data.MEDIA_MAX_BYTES,
    mediaCrops: Object.freeze(parsed.data.MEDIA_CROPS),
    mediaS3: toS3Config(parsed.data),
    cdnPurgeUrls: Object.freeze(parsed.data.CDN_PURGE_URLS),
    metadata: toMetadataConfig(parsed.data),
    logLevel: parsed.data.LOG_LEVEL,
  });
}

/** `NAME=` in an .env file means unset. */
function withoutEmptyValues(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `${path[0]?.toString() ?? ''}: ${message}`;
}

/** What no variable can know of the others. Values that are at fault themselves are named already. */
function findContradictions(given: NodeJS.ProcessEnv): string[] {
  const isOnS3 = given.MEDIA_STORAGE === 's3';
  const needed = isOnS3 ? ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] : [];
  const redirects = ['MEDIA_BASE_URL', ...(given.MEDIA_REDIRECT === 'presigned' ? ['MEDIA_REDIRECT'] : [])];
  const found = redirects.filter((name) => given[name] !== undefined);
  return [
    ...needed
      .filter((name) => given[name] === undefined)
      .map((name) => `${name}: must be set where MEDIA_STORAGE is s3`),
    ...(isOnS3 ? [] : found.map((name) => `${name}: can be set only where MEDIA_STORAGE is s3`)),
    ...(found.length > 1 ? ['MEDIA_BASE_URL: readers are sent there, or by MEDIA_REDIRECT, not both'] : []),
  ];
}

function describeFaults(faults: string[]): string {
  return ['The environment is not usable:', ...faults.map((fault) => `  ${fault}`)].join('\n');
}

function toS3Config(data: z.infer<typeof environment>): S3Config | null {
  const { S3_BUCKET: bucket, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = data;
  if (data.MEDIA_STORAGE === 'disk' || !bucket || !accessKeyId || !secretAccessKey) return null;
  return Object.freeze({
    endpoint: data.S3_ENDPOINT ?? null,
    region: data.S3_REGION,
    bucket,
    accessKeyId,
    secretAccessKey,
    pathStyle: data.S3_PATH_STYLE,
    isPresigned: data.MEDIA_REDIRECT === 'presigned',
    baseUrl: data.MEDIA_BASE_URL ? withoutSlash(data.MEDIA_BASE_URL) : null,
  });
}

function toMetadataConfig(data: z.infer<typeof environment>): MetadataConfig {
  return Object.freeze({
    isEnabled: data.METADATA_LOOKUP,
    site: data.PUBLIC_URL === undefined ? null : withoutSlash(data.PUBLIC_URL),
    contact: data.METADATA_CONTACT ?? null,
    arxivUrl: withoutSlash(data.ARXIV_URL),
    crossrefUrl: withoutSlash(data.CROSSREF_URL),
    dataciteUrl: withoutSlash(data.DATACITE_URL),
  });
}

function withoutSlash(address: string): string {
  return address.replace(/\/+$/, '');
}

/** An address to listen on everywhere is not one to connect to. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
