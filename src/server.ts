import { flushCompileCache } from 'node:module';
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
import { isConnectionLost, isUnavailable } from './database/errors.ts';
import type { PrismaClient } from './database/generated/client.ts';
import { migrate } from './database/migrate.ts';
import { makeWatchRelease } from './database/watch-release.ts';
import { drain } from './http/traffic.ts';
import { createFirstKey, ensureAdminKey } from './modules/access/bootstrap.ts';
import { findNewestIssue } from './modules/delivery/find-newest-issue.ts';
import { hasHappened } from './modules/events/has-happened.ts';
import { startImageProcess } from './modules/media/images/start-image-process.ts';
import type { MediaLibrary } from './modules/media/library/media-library.ts';
import { makeRenderDueRenditions } from './modules/media/rendering/render-due-renditions.ts';
import { RENDITIONS_CHANNEL } from './modules/media/renditions/renditions-channel.ts';
import { openStorage } from './modules/media/storage/open-storage.ts';
import { makeSweepMedia, SWEEP_INTERVAL_MS } from './modules/media/upkeep/sweep-media.ts';
import { COMPLETION_INTERVAL_MS, makeCompletePapers } from './modules/papers/completion/complete-papers.ts';
import { makeImportPapers } from './modules/papers/imports/import-papers.ts';
import { IMPORTS_CHANNEL } from './modules/papers/imports/imports-channel.ts';
import { type MetadataClient, makeMetadataClient } from './modules/papers/metadata/metadata-client.ts';
import { TEXTS_CHANNEL } from './modules/publications/index/index-texts.ts';
import { makeIndexLiveTexts } from './modules/publishing/schedule/index-live-texts.ts';
import { makePublishDueIssues } from './modules/publishing/schedule/publish-due-issues.ts';
import { SCHEDULE_CHANNEL } from './modules/publishing/schedule/schedule-channel.ts';
import { makeStageScheduledIssues } from './modules/publishing/staging/stage-scheduled-issues.ts';
import { fetchFromOutside } from './outbound/fetch-from-outside.ts';
import { createResponseCache, type ResponseCache } from './prepared/response-cache.ts';
import { describeStart } from './process/announce.ts';
import { describeError } from './process/describe-error.ts';
import { createLogger } from './process/logger.ts';
import { closeOnSignals, closeWithParent, type Shutdown } from './process/shutdown.ts';

await startProcess();

async function startProcess(): Promise<void> {
  try {
    const config = loadConfig();
    const log = createLogger(config);
    const shutdown = closeOnSignals(log);
    if (process.argv.includes('--end-with-parent')) closeWithParent(shutdown, log);
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

/** Starts everything in order. Shutdown stops it in reverse order. */
async function start(config: Config, log: Logger, shutdown: Shutdown): Promise<void> {
  const url = config.databaseUrl ?? (await startEmbedded(config, log, shutdown));
  await migrate(url, {
    onStart: (names) => log.info(`migrating the database: ${names.length} migrations`),
    onWarning: (message) => log.warn(message),
  });
  const database = openDatabase(url, {
    onError: (error) => log.warn({ err: error }, 'a database connection was lost'),
  });
  shutdown.add('database', () => database.close());

  const media = await openMediaLibrary(config, log, shutdown);
  const responses = createResponseCache(config.contentCacheBytes);
  const ctx = systemContext(database.prisma, 'start');
  await prepareContent(config, ctx, media, log);
  const metadata = makeMetadataClient(config.metadata);
  const app = await buildApp({ config, database, media, metadata, responses, logger: log });
  shutdown.add('http', (isUrgent) => closeHttp(app, responses, isUrgent));
  const address = await app.listen({ host: config.host, port: config.port });

  const watchRelease = makeWatchRelease(database.pool, (reason) => {
    log.error(reason);
    app.traffic.isOutdated = true;
    // Also the listening connection, without which the cache is not used.
    void background.stop();
  });
  const tasks = {
    ...recurringTasks(database.background, media, metadata, responses, log),
    watchRelease: { run: watchRelease },
  };
  const purger = purgeCdn(config.cdnPurgeUrls, log);
  shutdown.add('CDN purges', () => purger.stop());
  const background = startBackground(url, tasks, [invalidateCache(responses), purger], log);
  shutdown.add('background work', () => background.stop());

  // Last, because a start that fails after this would not print the key, and it cannot be read again.
  const firstKey = config.databaseUrl === null ? await createFirstKey(ctx) : null;
  const newest = await findNewestIssue(database.pool);
  process.stdout.write(describeStart({ address, newest, firstKey }));
  // Otherwise it is written when the process ends, and not if it is killed.
  flushCompileCache();
}

/** Waits for requests in progress, and closes connections as soon as they are idle: keep-alive would hold them open. */
async function closeHttp(app: FastifyInstance, responses: ResponseCache, isUrgent: boolean): Promise<void> {
  await drain(app, isUrgent);
  // Fastify sends `connection: close` while it closes. Answers from the cache do not, so the cache is no longer used.
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
): Omit<RecurringTasks, 'watchRelease'> {
  const contextOf = (name: string) => systemContext(prisma, name, responses.drop);
  return {
    publishDueIssues: {
      run: makePublishDueIssues(contextOf('schedule'), { log, isUnavailable }),
      channel: SCHEDULE_CHANNEL,
    },
    stageScheduledIssues: {
      run: makeStageScheduledIssues(contextOf('staging'), { log, isUnavailable }),
      channel: SCHEDULE_CHANNEL,
    },
    indexLiveTexts: {
      run: makeIndexLiveTexts(contextOf('search index'), { log, isConnectionLost }),
      channel: TEXTS_CHANNEL,
    },
    renderDueRenditions: {
      run: makeRenderDueRenditions(contextOf('renditions'), media, log),
      channel: RENDITIONS_CHANNEL,
    },
    importPapers: { run: makeImportPapers(contextOf('imports'), metadata, log), channel: IMPORTS_CHANNEL },
    completePapers: {
      run: makeCompletePapers(contextOf('metadata'), metadata, log),
      maxSleepMs: COMPLETION_INTERVAL_MS,
    },
    sweepMedia: { run: makeSweepMedia(contextOf('sweep'), media, log), maxSleepMs: SWEEP_INTERVAL_MS },
  };
}

async function openMediaLibrary(config: Config, log: Logger, shutdown: Shutdown): Promise<MediaLibrary> {
  const storage = await openStorage(config);
  shutdown.add('media storage', () => storage.close());
  const images = startImageProcess({
    onCrash: (reason) => log.warn({ reason }, 'an image could not be decoded'),
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
  log.info(`starting the embedded PostgreSQL in ${dataDir}; the first start creates it`);
  const server = await startEmbeddedPostgres({
    dataDir,
    log: (message) => log.info(message),
    onLost(error) {
      reportFault(error);
      void shutdown.run(1);
    },
  });
  shutdown.add('embedded PostgreSQL', () => server.stop());
  return server.url;
}

/** Creates the operator's admin key and loads the sample content, by default only into a new embedded database. */
async function prepareContent(config: Config, ctx: Context, media: MediaLibrary, log: Logger): Promise<void> {
  if (config.bootstrapAdminKey) await ensureAdminKey(ctx, config.bootstrapAdminKey);
  const isSampleWanted = config.sampleContent ?? (config.databaseUrl === null && (await isUnused(ctx)));
  if (!isSampleWanted) return;
  log.info('loading the sample newsletter');
  const { loadSampleContent } = await import('./sample/load.ts');
  await loadSampleContent(ctx, media);
}

/** Whether no newsletter was ever created in this database. */
async function isUnused(ctx: Context): Promise<boolean> {
  return !(await hasHappened(ctx, 'newsletter.created'));
}

function reportFault(error: unknown): void {
  process.stderr.write(`${describeError(error)}\n`);
}
