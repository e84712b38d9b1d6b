/**
 * Measures the cost of reads and uploads relative to bare Fastify routes, the cost of long archives and large libraries,
 * how soon another node shows a correction, and how late scheduled issues are published.
 */

import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { adminClient } from './admin-client.ts';
import { makeArchive } from './archive.ts';
import { makeCleanup } from './cleanup.ts';
import { planComparisons } from './comparisons.ts';
import { type Library, makeLibrary } from './content.ts';
import { type Cores, chooseCores, pin } from './cores.ts';
import { type BenchDatabase, startDatabase } from './database.ts';
import { describeAsMarkdown } from './describe-as-markdown.ts';
import { startLoad } from './load.ts';
import { readLogEnds } from './logs.ts';
import { type Freshness, measureFreshness } from './measure-freshness.ts';
import { type HitRate, measureHitRate } from './measure-hit-rate.ts';
import { type MeasuredComparison, measureReads } from './measure-reads.ts';
import { type MeasuredMedia, measureMedia } from './media/measure-media.ts';
import { type PARTS, readOptions } from './options.ts';
import type { Pages } from './pages.ts';
import { measurePapers } from './papers/measure-papers.ts';
import { reportProgress } from './progress.ts';
import { describeResults, type Results } from './report.ts';
import { measureScale } from './scale/measure-scale.ts';
import { makeDrafts } from './schedule/due-issues.ts';
import { measureFlip } from './schedule/measure-flip.ts';
import { measureLag } from './schedule/measure-lag.ts';
import type { ServerChild } from './server-child.ts';
import { ADMIN_KEY, startBare, startMasthead } from './servers.ts';
import { measureStart } from './start/measure-start.ts';

const options = readOptions(process.argv.slice(2));
const cleanup = makeCleanup();
const directory = await mkdtemp(join(tmpdir(), 'masthead-bench-'));
cleanup.add(() => rm(directory, { recursive: true, force: true }));
try {
  await run();
} catch (error) {
  reportProgress(await readLogEnds(directory));
  throw error;
} finally {
  await cleanup.run();
}

async function run(): Promise<void> {
  const machine = { cores: await chooseCores(), load: loadavg()[0] ?? 0 };
  reportProgress('Starting PostgreSQL');
  const database = cleanup.addStopOf(await startDatabase(directory));

  const starts = wants('start') ? await startRepeatedly(database) : [];
  const nodes = wants('schedule') || wants('reads') ? await publish(database) : null;
  const flip = wants('schedule') ? await publishInBatches(database) : [];
  const media = wants('media') ? await upload(database) : null;
  const scale = wants('scale') ? await measureScale(database, directory, options, cleanup) : [];
  const papers = wants('papers') ? await measurePapers(database, directory, options, cleanup) : null;
  const freshness = wants('freshness') ? await correct(database) : null;
  const hitRate = wants('freshness') ? await readBesideCorrections(database) : null;
  const reads = nodes && wants('reads') ? await read(database, nodes.pages, machine.cores) : [];

  const lags = nodes?.lags ?? [];
  const results: Results = {
    options,
    machine,
    reads,
    starts,
    flip,
    lags,
    media,
    scale,
    papers,
    freshness,
    hitRate,
  };
  process.stdout.write(`${describeResults(results)}\n${describeAsMarkdown(results)}`);
  const isWrong = lags.some(({ lag }) => lag.early + lag.doubled + lag.missing > 0);
  if (isWrong || (freshness && freshness.stale > 0)) process.exitCode = 1;
}

function wants(part: (typeof PARTS)[number]): boolean {
  return options.only.includes(part);
}

/** Uses its own database. A node that starts first migrates it. */
async function startRepeatedly(database: BenchDatabase): Promise<Results['starts']> {
  reportProgress('Measuring starts');
  const databaseUrl = await database.addDatabase('start');
  const node = await startMasthead({ databaseUrl, directory, core: null });
  await node.stop();
  return measureStart(databaseUrl, join(directory, 'data'));
}

/** Uses its own database. */
async function publishInBatches(database: BenchDatabase): Promise<Results['flip']> {
  reportProgress('Measuring batches of the schedule');
  const databaseUrl = await database.addDatabase('batches');
  return measureFlip({ databaseUrl, directory, core: null });
}

/** Creates the content for the reads and measures how late scheduled issues are published. */
async function publish({ url, pool }: BenchDatabase): Promise<{ pages: Pages; lags: Results['lags'] }> {
  const start = async () =>
    cleanup.addStopOf(await startMasthead({ databaseUrl: url, directory, core: null }));
  reportProgress('Writing issues');
  const [first, second] = [await start(), await start()];
  const admin = adminClient([first.origin, second.origin], ADMIN_KEY);
  const library = await makeLibrary(admin);
  const pages = await makeArchive(admin, library);
  const lags = wants('schedule') ? await measureLags(pool, library, first, second) : [];
  await second.stop();
  await first.stop();
  return { pages, lags };
}

/** Measures with two nodes, stops the second one, and measures with one node. */
async function measureLags(
  pool: pg.Pool,
  library: Library,
  first: ServerChild,
  second: ServerChild,
): Promise<Results['lags']> {
  const both = adminClient([first.origin, second.origin], ADMIN_KEY);
  const forTwo = await makeDrafts(both, 'two-nodes', library);
  const forOne = await makeDrafts(both, 'one-node', library);

  reportProgress('Measuring the lag with two nodes');
  const ofTwo = await measureLag(both, pool, forTwo, [first.origin, second.origin]);
  reportProgress('Measuring the lag with one node');
  await second.stop();
  const ofOne = await measureLag(adminClient([first.origin], ADMIN_KEY), pool, forOne, [first.origin]);
  return [
    { nodes: 'one node', lag: ofOne },
    { nodes: 'two nodes', lag: ofTwo },
  ];
}

/** Uses its own database, so that it does not affect the other parts. */
async function upload(database: BenchDatabase): Promise<MeasuredMedia> {
  const databaseUrl = await database.addDatabase('media');
  return measureMedia({ databaseUrl, directory, core: null }, options.rounds, cleanup);
}

/** Uses its own database too. */
async function correct(database: BenchDatabase): Promise<Freshness> {
  reportProgress('Measuring how soon two nodes show corrections');
  const databaseUrl = await database.addDatabase('freshness');
  return measureFreshness({ databaseUrl, directory, core: null }, cleanup);
}

/** Uses its own database, too. */
async function readBesideCorrections(database: BenchDatabase): Promise<HitRate> {
  reportProgress('Measuring the hit rate beside corrections');
  const databaseUrl = await database.addDatabase('corrections');
  return measureHitRate({ databaseUrl, directory, core: null }, cleanup);
}

/** Runs last, because pinned processes and their children stay pinned. */
async function read(
  { url, findPids }: BenchDatabase,
  pages: Pages,
  cores: Cores | null,
): Promise<MeasuredComparison[]> {
  reportProgress('Measuring reads');
  if (cores) await pin([process.pid, ...(await findPids())], cores.others);
  const place = { databaseUrl: url, directory, core: cores?.server ?? null };
  const masthead = cleanup.addStopOf(await startMasthead(place));
  const uncached = cleanup.addStopOf(await startMasthead(place, { CONTENT_CACHE_BYTES: '0' }));
  const bare = cleanup.addStopOf(await startBare(place, masthead, pages));
  const load = cleanup.addStopOf(await startLoad(directory, cores?.others ?? null));
  return measureReads(await planComparisons({ bare, masthead, uncached }, pages), load, options);
}
