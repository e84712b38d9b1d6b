import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance, InjectOptions } from 'fastify';
import pino from 'pino';
import { afterAll, beforeAll } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { invalidateCache } from '../../src/background/invalidate-cache.ts';
import { listenTo, type Subscription } from '../../src/background/listen.ts';
import type { MetadataConfig } from '../../src/config.ts';
import { type Context, systemContext } from '../../src/context.ts';
import { type Database, openDatabase } from '../../src/database/client.ts';
import { ROLES, type Role } from '../../src/lib/roles.ts';
import { createApiKey } from '../../src/modules/access/api-key.ts';
import {
  type ImageProcessOptions,
  startImageProcess,
} from '../../src/modules/media/images/start-image-process.ts';
import type { MediaLibrary } from '../../src/modules/media/library/media-library.ts';
import { diskStorage } from '../../src/modules/media/storage/disk-storage.ts';
import type { MediaStorage } from '../../src/modules/media/storage/storage.ts';
import {
  type MetadataClient,
  makeMetadataClient,
} from '../../src/modules/papers/metadata/metadata-client.ts';
import type { MetadataLimits } from '../../src/modules/papers/metadata/registry/registry.ts';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { createResponseCache, type ResponseCache } from '../../src/prepared/response-cache.ts';
import { createTestDatabase } from './database.ts';
import { injectAtDoor } from './inject.ts';

const CACHE_BYTES = 16 * 1024 * 1024;
const ARRIVALS_CHANNEL = 'test_arrivals';
const CONNECTED = 'connected';
const SWITCHED_OFF: MetadataConfig = {
  isEnabled: false,
  site: null,
  contact: null,
  ...{ arxivUrl: '', crossrefUrl: '', dataciteUrl: '' },
};

export type Answer = {
  status: number;
  headers: Record<string, string | string[] | number | undefined>;
  /** The parsed JSON, or the text when the response is not JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests read responses as an untyped client does.
  body: any;
};

export type Client = {
  get(url: string, headers?: Headers): Promise<Answer>;
  post(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  put(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  patch(url: string, body?: unknown, headers?: Headers): Promise<Answer>;
  delete(url: string, headers?: Headers): Promise<Answer>;
  send(options: InjectOptions): Promise<Answer>;
};

type Headers = Record<string, string>;

export type Masthead = {
  app: FastifyInstance;
  database: Database;
  databaseUrl: string;
  media: MediaLibrary;
  metadata: MetadataClient;
  /**
   * The response cache. It is always trusted, because on a busy machine the listener may be late at any time. How a
   * node gains and loses trust is tested with `startSecondNode`.
   */
  responses: ResponseCache;
  /** Resolves when the node has received the notifications of all changes that are committed now. */
  receiveNotifications(): Promise<void>;
  /** The folder of the media files. It does not exist before the first file is stored. */
  mediaDirectory: string;
  /** The context for functions called without HTTP. */
  ctx: Context;
  /** A client whose key has this role and is not bound to newsletters. */
  as(role: Role): Client;
  /** `peer`: the address that the requests come from. */
  withKey(secret: string, peer?: string): Client;
  anonymous: Client;
};

export type MastheadOptions = {
  /** Called when the app starts. The default is the disk, in `mediaDirectory`. */
  openStorage?: (mediaDirectory: string) => MediaStorage;
  images?: ImageProcessOptions;
  /** The default fetches from the Internet. */
  fetchFile?: MediaLibrary['fetchFile'];
  /** Called when the app starts. By default no registry is asked. */
  metadata?: () => MetadataConfig;
  metadataLimits?: MetadataLimits;
};

/** Starts an app on its own database for the tests of one file. Read its fields only inside tests. */
export function useMasthead(options: MastheadOptions = {}): Masthead {
  const masthead = {} as Masthead;
  let close = async () => {};
  beforeAll(async () => {
    const started = await startMasthead(options);
    Object.assign(masthead, started.masthead);
    close = started.close;
  });
  afterAll(() => close());
  return masthead;
}

async function startMasthead(options: MastheadOptions) {
  const { url, drop } = await createTestDatabase();
  const directory = await mkdtemp(join(tmpdir(), 'masthead-test-'));
  const mediaDirectory = join(directory, 'media');
  const media = openLibrary(mediaDirectory, options);
  const logger = pino({ level: 'silent' });
  const database = openDatabase(url, { onError: () => {} });
  const responses = createResponseCache(CACHE_BYTES);
  const metadata = makeMetadataClient(options.metadata?.() ?? SWITCHED_OFF, options.metadataLimits);
  const app = await buildApp({
    config: { publicUrl: 'http://masthead.test', corsOrigins: ['https://admin.example.com'] },
    database,
    media,
    metadata,
    responses,
    logger,
  });
  const arrivals = new EventEmitter();
  const connected = once(arrivals, CONNECTED);
  const listener = listenTo(url, [invalidateCacheAndTrust(responses), reportArrivals(arrivals)], logger);
  await connected;
  const ctx = systemContext(database.prisma, 'test', responses.drop);
  const secrets = new Map<Role, string>();
  for (const role of ROLES)
    secrets.set(role, (await createApiKey(ctx, { name: `test ${role}`, role })).secret);
  const masthead: Masthead = {
    app,
    database,
    databaseUrl: url,
    media,
    metadata,
    responses,
    async receiveNotifications() {
      const token = randomUUID();
      const arrived = once(arrivals, token);
      // PostgreSQL delivers notifications in the order of the commits.
      await database.pool.query('SELECT pg_notify($1, $2)', [ARRIVALS_CHANNEL, token]);
      await arrived;
    },
    mediaDirectory,
    ctx,
    as: (role) => makeClient(app, secrets.get(role)),
    withKey: (secret, peer) => makeClient(app, secret, peer),
    anonymous: makeClient(app, undefined),
  };
  const close = async () => {
    await app.close();
    await listener.stop();
    await media.images.stop();
    await media.storage.close();
    await database.close();
    await drop();
    await rm(directory, { recursive: true });
  };
  return { masthead, close };
}

function invalidateCacheAndTrust(responses: ResponseCache): Subscription {
  const { channel, onNotify, onConnect } = invalidateCache(responses);
  return {
    channel,
    onNotify,
    onConnect() {
      onConnect();
      responses.confirmCurrent(Number.POSITIVE_INFINITY);
    },
  };
}

/** Emits the payload of each notification. */
function reportArrivals(arrivals: EventEmitter): Subscription {
  return {
    channel: ARRIVALS_CHANNEL,
    onNotify: (token) => void arrivals.emit(token),
    onConnect: () => void arrivals.emit(CONNECTED),
  };
}

function openLibrary(
  directory: string,
  { openStorage = diskStorage, images, fetchFile = fetchFromOutside }: MastheadOptions,
): MediaLibrary {
  return {
    storage: openStorage(directory),
    images: startImageProcess(images),
    fetchFile,
    maxBytes: 20 * 1024 * 1024,
    crops: [{ width: 40, height: 20 }],
  };
}

function makeClient(app: FastifyInstance, secret: string | undefined, remoteAddress = '127.0.0.1'): Client {
  const send = async (options: InjectOptions): Promise<Answer> => {
    const authorization = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
    const response = await injectAtDoor(app, {
      remoteAddress,
      ...options,
      headers: { ...authorization, ...options.headers },
    });
    const isJson = /json/.test(String(response.headers['content-type'] ?? '')) && response.body !== '';
    return {
      status: response.statusCode,
      headers: response.headers,
      body: isJson ? response.json() : response.body,
    };
  };
  const withBody =
    (method: 'POST' | 'PUT' | 'PATCH') =>
    (url: string, body: unknown = {}, headers: Headers = {}) =>
      send({
        method,
        url,
        payload: JSON.stringify(body),
        headers: { 'content-type': 'application/json', ...headers },
      });
  return {
    get: (url, headers = {}) => send({ method: 'GET', url, headers }),
    post: withBody('POST'),
    put: withBody('PUT'),
    patch: withBody('PATCH'),
    delete: (url, headers = {}) => send({ method: 'DELETE', url, headers }),
    send,
  };
}
