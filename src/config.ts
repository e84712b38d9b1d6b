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
  /** Bytes of one file at most. */
  mediaMaxBytes: number;
  /** Sizes, in pixels, to which images may be asked for cut. */
  mediaCrops: readonly Readonly<{ width: number; height: number }>[];
  logLevel: LogLevel;
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
  SAMPLE_CONTENT: z.enum(['true', 'false'], { error: 'must be true or false' }).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http(s) address' }).optional(),
  CORS_ORIGINS: list.pipe(z.array(origin)).optional(),
  MEDIA_MAX_BYTES: z.coerce
    .number({ error: 'must be a number of bytes' })
    .int()
    .min(1)
    .max(MOST_BYTES)
    .default(20 * 1024 * 1024),
  MEDIA_CROPS: list.pipe(z.array(cropSize).max(10)).default([{ width: 1200, height: 630 }]),
  LOG_LEVEL: logLevel.default('info'),
});

export function loadConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const parsed = environment.safeParse(withoutEmptyValues(env));
  if (!parsed.success) throw new ConfigError(describeFaults(parsed.error));
  const { HOST, PORT, SAMPLE_CONTENT, PUBLIC_URL } = parsed.data;
  return Object.freeze({
    host: HOST,
    port: PORT,
    databaseUrl: parsed.data.DATABASE_URL ?? null,
    dataDir: parsed.data.DATA_DIR,
    bootstrapAdminKey: parsed.data.BOOTSTRAP_ADMIN_KEY ?? null,
    sampleContent: SAMPLE_CONTENT === undefined ? null : SAMPLE_CONTENT === 'true',
    publicUrl: (PUBLIC_URL ?? `http://${reachableHost(HOST)}:${PORT}`).replace(/\/+$/, ''),
    corsOrigins: Object.freeze(parsed.data.CORS_ORIGINS ?? []),
    mediaMaxBytes: parsed.data.MEDIA_MAX_BYTES,
    mediaCrops: Object.freeze(parsed.data.MEDIA_CROPS),
    logLevel: parsed.data.LOG_LEVEL,
  });
}

/** `NAME=` in an .env file means unset. */
function withoutEmptyValues(env: NodeJS.ProcessEnv) {
  return Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
}

function describeFaults(error: z.ZodError): string {
  const lines = error.issues.map((issue) => `  ${issue.path[0]?.toString() ?? ''}: ${issue.message}`);
  return ['The environment is not usable:', ...lines].join('\n');
}

/** An address to listen on everywhere is not one to connect to. */
function reachableHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
