/** What a read costs beside a bare Fastify route, and how late scheduled issues go out. */

import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminClient } from './admin-client.ts';
import { type Archive, makeArchive } from './archive.ts';
import { makeCleanup } from './cleanup.ts';
import { planComparisons } from './comparisons.ts';
import { makeLibrary } from './content.ts';
import { type Cores, chooseCores, pin } from './cores.ts';
import { type BenchDatabase, startDatabase } from './database.ts';
import { makeDrafts } from './due-issues.ts';
import { startLoad } from './load.ts';
import { readLogEnds } from './logs.ts';
import { type Lag, measureLag } from './measure-lag.ts';
import { type MeasuredComparison, measureReads } from './measure-reads.ts';
import { readOptions } from './options.ts';
import { tellProgress } from './progress.ts';
import { describeResults } from './report.ts';
import { ADMIN_KEY, startBare, startMasthead } from './servers.ts';

const options = readOptions(process.argv.slice(2));
const cleanup = makeCleanup();
const directory = await mkdtemp(join(tmpdir(), 'masthead-bench-'));
cleanup.add(() => rm(directory, { recursive: true, force: true }));
try {
  await run();
} catch (error) {
  tellProgress(await readLogEnds(directory));
  throw error;
} finally {
  await cleanup.run();
}

async function run(): Promise<void> {
  const machine = { cores: await chooseCores(), load: loadavg()[0] ?? 0 };
  tellProgress('Starting PostgreSQL');
  const database = cleanup.addStopOf(await startDatabase(directory));

  const { archive, lags } = await publish(database);
  if (machine.cores) await pin([process.pid, ...(await database.findPids())], machine.cores.others);
  const reads = await read(database, archive, machine.cores);

  process.stdout.write(describeResults({ options, machine, reads, lags }));
  if (lags.some(({ lag }) => lag.early + lag.doubled + lag.missing > 0)) process.exitCode = 1;
}

/** Makes what is read, and measures how late issues go out. */
async function publish({
  url,
  pool,
}: BenchDatabase): Promise<{ archive: Archive; lags: { nodes: string; lag: Lag }[] }> {
  const start = async () =>
    cleanup.addStopOf(await startMasthead({ databaseUrl: url, directory, core: null }));
  tellProgress('Writing issues');
  const [first, second] = [await start(), await start()];
  const admin = adminClient([first.origin, second.origin], ADMIN_KEY);
  const library = await makeLibrary(admin);
  const archive = await makeArchive(admin, pool, library);
  const forTwo = await makeDrafts(admin, 'two-nodes', library);
  const forOne = await makeDrafts(admin, 'one-node', library);

  tellProgress('Measuring the lag with two nodes');
  const ofTwo = await measureLag(admin, pool, forTwo);
  tellProgress('Measuring the lag with one node');
  await second.stop();
  const ofOne = await measureLag(adminClient([first.origin], ADMIN_KEY), pool, forOne);
  await first.stop();
  return {
    archive,
    lags: [
      { nodes: 'one node', lag: ofOne },
      { nodes: 'two nodes', lag: ofTwo },
    ],
  };
}

async function read(
  { url }: BenchDatabase,
  archive: Archive,
  cores: Cores | null,
): Promise<MeasuredComparison[]> {
  tellProgress('Measuring reads');
  const place = { databaseUrl: url, directory, core: cores?.server ?? null };
  const masthead = cleanup.addStopOf(await startMasthead(place));
  const bare = cleanup.addStopOf(await startBare(place, masthead, archive));
  const load = cleanup.addStopOf(await startLoad(directory, cores?.others ?? null));
  return measureReads(await planComparisons(bare, masthead, archive), load, options);
}
