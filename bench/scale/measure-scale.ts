import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import { startLoad } from '../load.ts';
import { type Comparison, type MeasuredComparison, measureReads } from '../measure-reads.ts';
import type { Options } from '../options.ts';
import { reportProgress } from '../progress.ts';
import { fillArchives, SCALE_GOAL, type ScaleArchive } from './archives.ts';
import { measurePublishing } from './measure-publishing.ts';
import { questionsOf } from './questions.ts';

/** There are many measurements, so each is short. */
const MAX_SECONDS = 0.4;

/** Compares the costs of requests in archives of different sizes. The first of each comparison is the smallest. */
export async function measureScale(
  database: BenchDatabase,
  directory: string,
  { sizes, rounds, seconds }: Options,
  cleanup: Cleanup,
): Promise<MeasuredComparison[]> {
  const archives = await fillArchives(database, sizes, directory, cleanup);
  const load = cleanup.addStopOf(await startLoad(directory, null));
  reportProgress('Measuring reads of these archives');
  const reads = await measureReads(compareArchives(archives), load, {
    rounds,
    seconds: Math.min(seconds, MAX_SECONDS),
  });
  await load.stop();
  reportProgress('Measuring publication in these archives');
  const publishing = await measurePublishing(archives, rounds);
  for (const { server } of archives) await server.stop();
  return [...reads, publishing];
}

/** Uses one connection, so that no request waits for another. */
function compareArchives(archives: readonly ScaleArchive[]): Comparison[] {
  const asked = archives.flatMap((archive) =>
    questionsOf(archive.plan).map((question) => ({ ...archive, ...question })),
  );
  const bySubject = Map.groupBy(asked, ({ subject }) => subject);
  return [...bySubject].map(([subject, questions]) => ({
    subject,
    goal: questions.every(({ isFlat }) => isFlat) ? SCALE_GOAL : null,
    contestants: questions.map(({ name, server, path }) => ({
      name,
      server,
      request: { path, status: 200, connections: 1 },
    })),
  }));
}
