import type { z } from 'zod';
import { type Environment, environment } from './environment.ts';

/** The configuration. It is read from the environment once, at start. Nothing else reads process.env. */
export type Config = Readonly<{
  host: string;
  port: number;
  /** Null: use the embedded PostgreSQL, which stores its files in `dataDir`. */
  databaseUrl: string | null;
  dataDir: string;
  bootstrapAdminKey: string | null;
  /** Whether to load the sample newsletter. Null: only into a new embedded database. */
  sampleContent: boolean | null;
  /** Base of absolute URLs, without a trailing slash. */
  publicUrl: string;
  corsOrigins: readonly string[];
  /** Maximum size of a node's response cache. */
  contentCacheBytes: number;
  /** Maximum size of an uploaded file. */
  mediaMaxBytes: number;
  /** Sizes, in pixels, to which readers can have images cropped. */
  mediaCrops: readonly Readonly<{ width: number; height: number }>[];
  /** Null: media files are stored on disk, in `dataDir`. */
  mediaS3: S3Config | null;
  /** Varnish caches that receive a purge request for every stale cache key. */
  cdnPurgeUrls: readonly string[];
  metadata: MetadataConfig;
  logLevel: LogLevel;
}>;

/** A bucket of an S3-compatible server. */
export type S3Config = Readonly<{
  /** Null: AWS. */
  endpoint: string | null;
  region: string;
  bucket: string;
  accessKeyId: string;
  secretAccessKey: string;
  /** Whether URLs have the bucket in the path instead of the host. */
  pathStyle: boolean;
  /** Whether readers are redirected to presigned URLs of the bucket. */
  isPresigned: boolean;
  /** Base URL of a CDN to which readers are redirected, without a trailing slash. Null: no CDN. */
  baseUrl: string | null;
}>;

/** The metadata registries, and how Masthead identifies itself to them. */
export type MetadataConfig = Readonly<{
  isEnabled: boolean;
  /** PUBLIC_URL. Null: it is not set. */
  site: string | null;
  /** Email address of the operator. */
  contact: string | null;
  /** Without a trailing slash, as are the next two. */
  arxivUrl: string;
  crossrefUrl: string;
  dataciteUrl: string;
}>;

export type LogLevel = Environment['LOG_LEVEL'];

/** The message has one line for each invalid variable. It contains no values, because they can be secret. */
export class ConfigError extends Error {}

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
    publicUrl: withoutSlash(PUBLIC_URL ?? `http://${connectableHost(HOST)}:${PORT}`),
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

/** `NAME=` in a .env file means that the variable is not set. */
function withoutEmptyValues(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function describeIssue({ path, message }: z.core.$ZodIssue): string {
  return `${path[0]?.toString() ?? ''}: ${message}`;
}

/** Rules across variables. The schema checks each variable alone. */
function findContradictions(given: NodeJS.ProcessEnv): string[] {
  const isOnS3 = given.MEDIA_STORAGE === 's3';
  const needed = isOnS3 ? ['S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] : [];
  const redirects = ['MEDIA_BASE_URL', ...(given.MEDIA_REDIRECT === 'presigned' ? ['MEDIA_REDIRECT'] : [])];
  const found = redirects.filter((name) => given[name] !== undefined);
  return [
    ...needed
      .filter((name) => given[name] === undefined)
      .map((name) => `${name}: must be set if MEDIA_STORAGE is s3`),
    ...(isOnS3 ? [] : found.map((name) => `${name}: must not be set unless MEDIA_STORAGE is s3`)),
    ...(found.length > 1 ? ['MEDIA_BASE_URL: must not be set if MEDIA_REDIRECT is presigned'] : []),
  ];
}

function describeFaults(faults: string[]): string {
  return ['The environment has invalid variables:', ...faults.map((fault) => `  ${fault}`)].join('\n');
}

function toS3Config(data: Environment): S3Config | null {
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

function toMetadataConfig(data: Environment): MetadataConfig {
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

/** A wildcard address can be listened on but not connected to. */
function connectableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
