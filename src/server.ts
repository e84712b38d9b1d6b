import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { buildApp } from './app.ts';
import { invalidateCache } from './background/invalidate-cache.ts';
import { purgeCdn } from './background/purge-cdn.ts';
import { type RecurringTasks, startBackground } from './background/recurring-work.ts';
import { type Config, loadConfig } from './config.ts';
import { type Context, systemContext } from './context.ts';
import { openDatabase } from './database/client.ts';
import { startEmbeddedPostgres } from './database/embedded/start-embedded.ts';
import { isConnectionLost } from './database/errors.ts';
import type { PrismaClient } from './database/generated/client.ts';
import { migrate } from './database/migrate.ts';
import { createFirstKey, ensureAdminKey } from './modules/access/bootstrap.ts';
import { findNewestIssue } from './modules/delivery/find-newest-issue.ts';
import { hasHappened } from './modules/events/has-happened.ts';
import { startImageProcess } from './modules/media/images/start-image-process.ts';
import type { MediaLibrary } from './modules/media/library/media-library.ts';
import { makeRenderDueVariants } from './modules/media/rendering/render-due-variants.ts';
import { VARIANTS_CHANNEL } from './modules/media/renditions/variants-channel.ts';
import { openStorage } from './modules/media/storage/open-storage.ts';
import { makeSweepMedia, SWEEP_PAUSE } from './modules/media/upkeep/sweep-media.ts';
import { COMPLETION_INTERVAL_MS, makeCompletePapers } from './modules/papers/completion/complete-papers.ts';
import { makeImportPapers } from './modules/papers/imports/import-papers.ts';
import { IMPORTS_CHANNEL } from './modules/papers/imports/imports-channel.ts';
import { type MetadataClient, makeMetadataClient } from './modules/papers/metadata/metadata-client.ts';
import { makePublishDueIssues } from './modules/publishing/schedule/publish-due-issues.ts';
import { SCHEDULE_CHANNEL } from './modules/publishing/schedule/schedule-channel.ts';
import { fetchFromOutside } from './outbound/fetch-from-outside.ts';
import { createResponseCache, type ResponseCache } from './prepared/response-cache.ts';
import { describeStart } from './process/announce.ts';
import { describeFault } from './process/describe-fault.ts';
import { createLogger } from './process/logger.ts';
import { closeOnSignals, type Shutdown } from './process/shutdown.ts';
import { loadSampleContent } from './sample/load.ts';

await startProcess();

async function startProcess(): Promise<void> {
  try {
    const config = loadConfig();
    const log = createLogger(config);
    const shutdown = closeOnSignals(log);
    const starting = start(config, log, shutdown);
    shutdown.waitFor(starting);
    await starting.catch(async (error: unknown) => {
      reportFault(error);
      await shutdown.run(1);
    });
  } catch (error) {
    reportFault(error);
    process.exitCode = 1;
  }
}

/** Everything in order; what was started is stopped in the opposite one. */
async function start(config: Config, log: Logger, shutdown: Shutdown): Promise<void> {
  const url = config.databaseUrl ?? (await startEmbedded(config, log, shutdown));
  await migrate(url);
  const database = openDatabase(url, {
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  shutdown.add('database', () => database.close());

  const media = openMediaLibrary(config, log, shutdown);
  const responses = createResponseCache(config.contentCacheBytes);
  const ctx = systemContext(database.prisma, 'start');
  await prepareContent(config, ctx, media);
  const metadata = makeMetadataClient(config.metadata);
  const app = await buildApp({ config, database, media, metadata, responses, logger: log });
  shutdown.add('http', () => closeHttp(app, responses));
  const address = await app.listen({ host: config.host, port: config.port });

  const tasks = recurringTasks(database.background, media, metadata, responses, log);
  const purger = purgeCdn(config.cdnPurgeUrls, log);
  shutdown.add('purges of the CDN', () => purger.stop());
  const background = startBackground(url, tasks, [invalidateCache(responses), purger], log);
  shutdown.add('background work', () => background.stop());

  // Last: a key that is made by a start which fails is never shown.
  const firstKey = config.databaseUrl === null ? await createFirstKey(ctx) : null;
  const newest = await findNewestIssue(database.pool);
  process.stdout.write(describeStart({ address, newest, firstKey }));
}

/** The requests under way are answered; their connections would then stay open for the next ones. */
async function closeHttp(app: FastifyInstance, responses: ResponseCache): Promise<void> {
  // What is answered past Fastify does not say that the connection closes.
  responses.distrust();
  const closeIdle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close().finally(() => clearInterval(closeIdle));
}

function recurringTasks(
  prisma: PrismaClient,
  media: MediaLibrary,
  metadata: MetadataClient,
  responses: ResponseCache,
  log: Logger,
): RecurringTasks {
  const as = (name: string) => systemContext(prisma, name, responses.drop);
  return {
    publishDueIssues: {
      run: makePublishDueIssues(as('schedule'), { log, isConnectionLost }),
      channel: SCHEDULE_CHANNEL,
    },
    renderDueVariants: { run: makeRenderDueVariants(as('variants'), media, log), channel: VARIANTS_CHANNEL },
    importPapers: { run: makeImportPapers(as('imports'), metadata, log), channel: IMPORTS_CHANNEL },
    completePapers: {
      run: makeCompletePapers(as('metadata'), metadata, log),
      maxSleepMs: COMPLETION_INTERVAL_MS,
    },
    sweepMedia: { run: makeSweepMedia(as('sweep'), media, log), maxSleepMs: SWEEP_PAUSE },
  };
}

function openMediaLibrary(config: Config, log: Logger, shutdown: Shutdown): MediaLibrary {
  const storage = openStorage(config);
  shutdown.add('media storage', () => storage.close());
  const images = startImageProcess({
    onLoss: (reason) => log.warn({ reason }, 'an image could not be decoded'),
  });
  shutdown.add('image process', () => images.stop());
  return {
    storage,
    images,
    fetchFile: fetchFromOutside,
    maxBytes: config.mediaMaxBytes,
    crops: config.mediaCrops,
  };
}

async function startEmbedded({ dataDir }: Config, log: Logger, shutdown: Shutdown): Promise<string> {
  const server = await startEmbeddedPostgres({ dataDir, log: (message) => log.debug(message) });
  shutdown.add('embedded PostgreSQL', () => server.stop());
  return server.url;
}

/** The operator's key, and the sample where it is wanted. */
async function prepareContent(config: Config, ctx: Context, media: MediaLibrary): Promise<void> {
  if (config.bootstrapAdminKey) await ensureAdminKey(ctx, config.bootstrapAdminKey);
  const isWanted = config.sampleContent ?? (config.databaseUrl === null && (await isUnused(ctx)));
  if (isWanted) await loadSampleContent(ctx, media);
}

/** Whether nobody has created a newsletter in this database yet. */
async function isUnused(ctx: Context): Promise<boolean> {
  return !(await hasHappened(ctx, 'newsletter.created'));
}

function reportFault(error: unknown): void {
  process.stderr.write(`${describeFault(error)}\n`);
}
