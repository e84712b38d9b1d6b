import cors from '@fastify/cors';
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify';
import { createSerializerCompiler, validatorCompiler } from 'fastify-zod-openapi';
import { z } from 'zod';
import type { Config } from './config.ts';
import type { Database } from './database/client.ts';
import { decorateAllowedMethods } from './http/allowed-methods.ts';
import { apiReference } from './http/api-reference.ts';
import { authenticate } from './http/authenticate.ts';
import { authorize } from './http/authorize.ts';
import { answerBrokenRequest } from './http/broken-request.ts';
import { makeServerFactory } from './http/create-server.ts';
import { healthRoutes } from './http/health.ts';
import { parseJsonBodies } from './http/json-body.ts';
import { problemMaker } from './http/make-problem.ts';
import { openapi } from './http/openapi.ts';
import { addSecurity } from './http/operations.ts';
import { addAllow, answerPreflight } from './http/preflight.ts';
import { answerFrameworkError, handleProblems } from './http/problem.ts';
import { problemPages } from './http/problem-pages.ts';
import { settleUnknownParameters } from './http/query-parameters.ts';
import { addImpliedRefusals } from './http/refusals.ts';
import { decoratePublicPath } from './http/request-address.ts';
import { fillInAbsentBody, refuseEncodedBody } from './http/request-body.ts';
import { logRequests } from './http/request-log.ts';
import { refuseWhenEventLoopLags, refuseWhenPoolIsBusy } from './http/shed-load.ts';
import type { Traffic } from './http/traffic.ts';
import { welcomePage } from './http/welcome.ts';
import { EXPOSED_HEADERS, OPEN_TO_ALL } from './lib/exposed-headers.ts';
import { findActor } from './modules/access/api-key.ts';
import { apiKeyRoutes } from './modules/access/routes.ts';
import { changesRoutes } from './modules/delivery/changes-routes.ts';
import { findNewestIssue } from './modules/delivery/find-newest-issue.ts';
import { contentRoutes } from './modules/delivery/routes.ts';
import { eventRoutes } from './modules/events/routes.ts';
import { jsonLdRoutes } from './modules/feeds/json-ld-routes.ts';
import { feedRoutes } from './modules/feeds/routes.ts';
import { sitemapRoutes } from './modules/feeds/sitemap-routes.ts';
import { countIssues } from './modules/issues/editing/issue.ts';
import { itemRoutes } from './modules/issues/item-routes.ts';
import { issueRoutes } from './modules/issues/routes.ts';
import { sectionRoutes } from './modules/issues/section-routes.ts';
import type { MediaLibrary } from './modules/media/library/media-library.ts';
import { mediaRoutes } from './modules/media/routes.ts';
import { mediaFileRoutes } from './modules/media/serving/routes.ts';
import { mediaImportRoutes } from './modules/media/uploads/import-routes.ts';
import { mergeRoutes } from './modules/merging/routes.ts';
import { newsletterRoutes } from './modules/newsletters/routes.ts';
import { paperImportRoutes } from './modules/papers/imports/routes.ts';
import { paperRoutes } from './modules/papers/library/routes.ts';
import type { MetadataClient } from './modules/papers/metadata/metadata-client.ts';
import { personRoutes } from './modules/people/routes.ts';
import { editionRoutes } from './modules/publishing/edition-routes.ts';
import { workflowRoutes } from './modules/publishing/routes.ts';
import { citationRoutes } from './modules/references/routes.ts';
import { searchRoutes } from './modules/search/routes.ts';
import { mediaUses } from './modules/uses/media/find-media-uses.ts';
import { mediaUseRoutes } from './modules/uses/media/routes.ts';
import { mostFeaturedRoutes } from './modules/uses/most-featured-routes.ts';
import { requirePaperUnused, requirePersonUnused } from './modules/uses/require-unused.ts';
import { useRoutes } from './modules/uses/routes.ts';
import type { ResponseCache } from './prepared/response-cache.ts';
import { describeIssue } from './problems/describe-issue.ts';

/** Many times the size of a long issue's tree. */
const MAX_BODY_BYTES = 4 * 1024 * 1024;
/** Requests that may wait for a database connection. A read takes milliseconds, a search up to seconds. */
const MAX_WAITING = { reads: 100, searches: 20 } as const;

export type AppOptions = {
  config: Pick<Config, 'publicUrl' | 'corsOrigins'>;
  database: Database;
  media: MediaLibrary;
  /** Queries the registries of papers. */
  metadata: MetadataClient;
  /** The response cache of the Content API. It is not used until it is told that it is current. */
  responses: ResponseCache;
  logger: FastifyBaseLogger;
};

/** Builds the app: all plugins and routes, in order. server.ts starts listening and background work. */
export async function buildApp({
  config,
  database,
  media,
  metadata,
  responses,
  logger,
}: AppOptions): Promise<FastifyInstance> {
  const makeProblem = problemMaker(config.publicUrl);
  const traffic: Traffic = { isDraining: false, isOutdated: false };
  const app = Fastify({
    loggerInstance: logger,
    // Only the Admin API logs its requests: a log line costs the Content API a tenth of its throughput.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    serverFactory: makeServerFactory(responses, traffic),
    // As long as the URLs that Node accepts, so that a long parameter is a 404 and not a 414.
    routerOptions: { maxParamLength: 16_384 },
    // Requests accepted before shutdown are still answered. app.close() waits for them.
    return503OnClosing: false,
    frameworkErrors: answerFrameworkError(makeProblem),
    clientErrorHandler: answerBrokenRequest(makeProblem),
  });
  app.decorate('traffic', traffic);
  z.config({ customError: describeIssue });
  app.setValidatorCompiler(validatorCompiler);
  // Zod has parsed the response by then. Compiling a serializer for each schema would double the start time.
  app.setSerializerCompiler(createSerializerCompiler({ stringify: JSON.stringify }));
  // With Fastify's parser for text/plain, a text body would be a 400 and not a 415.
  app.removeContentTypeParser('text/plain');
  parseJsonBodies(app);
  decorateAllowedMethods(app);
  handleProblems(app, makeProblem);
  decoratePublicPath(app, config.publicUrl);

  app.addHook('onSend', async (_request, reply) => void reply.header('x-content-type-options', 'nosniff'));
  await app.register(openapi, { publicUrl: config.publicUrl });
  app.addHook('onRoute', settleUnknownParameters);
  app.addHook('onRoute', addImpliedRefusals);

  await app.register(
    async (admin) => {
      admin.addHook('onRoute', addSecurity);
      // A separate 404 handler, so that the hooks below also run for unknown paths: key check, log, CORS.
      handleProblems(admin, makeProblem);
      await admin.register(logRequests);
      // Before the plugin for CORS, which answers every OPTIONS.
      admin.addHook('onRequest', addAllow);
      await admin.register(cors, {
        origin: [...config.corsOrigins],
        strictPreflight: false,
        methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
        exposedHeaders: [...EXPOSED_HEADERS],
      });
      admin.addHook('onSend', async (_request, reply) => void reply.header('cache-control', 'no-store'));
      admin.addHook('preValidation', fillInAbsentBody);
      await admin.register(authenticate, {
        prisma: database.prisma,
        onStale: responses.drop,
        findActor: (secret, now) => findActor(database.prisma, secret, now),
      });
      await admin.register(authorize);
      admin.addHook('preParsing', refuseEncodedBody);
      await admin.register(newsletterRoutes, { countIssues });
      await admin.register(personRoutes, { requireUnused: requirePersonUnused });
      await admin.register(paperRoutes, { requireUnused: requirePaperUnused });
      await admin.register(mergeRoutes);
      await admin.register(paperImportRoutes, { metadata });
      await admin.register(mediaRoutes, { library: media, uses: mediaUses, publicUrl: config.publicUrl });
      await admin.register(mediaUseRoutes);
      await admin.register(mediaImportRoutes, { library: media, publicUrl: config.publicUrl });
      await admin.register(issueRoutes);
      await admin.register(sectionRoutes);
      await admin.register(itemRoutes);
      await admin.register(workflowRoutes);
      await admin.register(editionRoutes, { publicUrl: config.publicUrl });
      await admin.register(apiKeyRoutes);
      await admin.register(eventRoutes);
    },
    { prefix: '/admin/v1' },
  );
  await app.register(
    async (content) => {
      // Saves a child logger for each request. Only failures are logged here.
      content.setChildLoggerFactory((shared) => shared);
      refuseWhenEventLoopLags(content);
      handleProblems(content, makeProblem, OPEN_TO_ALL, responses);
      content.options('/*', { schema: { hide: true } }, answerPreflight);
      await content.register(async (reads) => {
        refuseWhenPoolIsBusy(reads, database.pool, MAX_WAITING.reads);
        const options = { pool: database.pool, responses, publicUrl: config.publicUrl };
        await reads.register(contentRoutes, options);
        await reads.register(changesRoutes, options);
        await reads.register(feedRoutes, options);
        await reads.register(sitemapRoutes, options);
        await reads.register(jsonLdRoutes, options);
        await reads.register(citationRoutes, options);
        await reads.register(useRoutes, options);
      });
      await content.register(async (searches) => {
        refuseWhenPoolIsBusy(searches, database.searchPool, MAX_WAITING.searches);
        const options = { pool: database.searchPool, responses };
        await searches.register(searchRoutes, options);
        await searches.register(mostFeaturedRoutes, options);
      });
    },
    { prefix: '/content/v1' },
  );
  await app.register(apiReference, { publicUrl: config.publicUrl });
  await app.register(welcomePage, { findNewestIssue: () => findNewestIssue(database.pool) });
  await app.register(problemPages);
  await app.register(healthRoutes, { ping: () => database.pool.query('SELECT 1'), traffic });
  await app.register(mediaFileRoutes, { library: media, pool: database.pool });

  return app;
}
