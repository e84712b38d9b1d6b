import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import type { MeasuredComparison } from '../measure-reads.ts';
import type { Options } from '../options.ts';
import { tellProgress } from '../progress.ts';
import { withDatabase } from '../scale/archives.ts';
import { startMasthead } from '../servers.ts';
import { dropLibraries, fillLibraries, type Library } from './libraries.ts';
import { type MeasuredImport, measureImports } from './measure-imports.ts';
import { measureQuestions } from './measure-questions.ts';
import type { OpenLibrary } from './questions.ts';

export type MeasuredPapers = { questions: MeasuredComparison[]; imports: MeasuredImport[] };

/** Seconds of one measurement at most: there are many, of one request at a time. */
const MOST_SECONDS = 0.4;
/** Records of a large import */
const RECORDS = 10_000;

/** What the same costs in a small library and in larger ones, and what a large import takes in each. */
export async function measurePapers(
  database: BenchDatabase,
  directory: string,
  { papers, rounds, seconds }: Options,
  cleanup: Cleanup,
): Promise<MeasuredPapers> {
  const libraries = await fillLibraries(database, papers);

  tellProgress('Asking these libraries');
  const open: OpenLibrary[] = [];
  for (const library of libraries) open.push(await openLibrary(library, { CONTENT_CACHE_BYTES: '0' }));
  const questions = await measureQuestions(open, { rounds, seconds: Math.min(seconds, MOST_SECONDS) });
  for (const { server } of open) await server.stop();

  const imports: MeasuredImport[] = [];
  for (const library of libraries) {
    tellProgress(`Importing into ${library.name}`);
    const importing = await openLibrary(library);
    imports.push(...(await measureImports(importing, RECORDS)));
    await importing.server.stop();
  }
  await dropLibraries(database, libraries);
  return { questions, imports };

  async function openLibrary(library: Library, settings: Record<string, string> = {}): Promise<OpenLibrary> {
    const place = { databaseUrl: library.databaseUrl, directory, core: null };
    const server = cleanup.addStopOf(await startMasthead(place, { METADATA_LOOKUP: 'false', ...settings }));
    return { ...library, server: withDatabase(server, database, library.databaseName) };
  }
}
