import type { Cleanup } from '../cleanup.ts';
import type { BenchDatabase } from '../database.ts';
import type { MeasuredComparison } from '../measure-reads.ts';
import type { Options } from '../options.ts';
import { reportProgress } from '../progress.ts';
import { withDatabase } from '../scale/archives.ts';
import { startMasthead } from '../servers.ts';
import { dropLibraries, fillLibraries, type Library } from './libraries.ts';
import { type MeasuredImport, measureImports } from './measure-imports.ts';
import { measureQuestions } from './measure-questions.ts';
import type { OpenLibrary } from './questions.ts';

export type MeasuredPapers = { questions: MeasuredComparison[]; imports: MeasuredImport[] };

/** There are many measurements, so each is short. */
const MAX_SECONDS = 0.4;
/** The number of records of a large import. */
const RECORDS = 10_000;

/** Compares the costs of requests and of a large import in libraries of different sizes. */
export async function measurePapers(
  database: BenchDatabase,
  directory: string,
  { papers, rounds, seconds }: Options,
  cleanup: Cleanup,
): Promise<MeasuredPapers> {
  const libraries = await fillLibraries(database, papers);

  reportProgress('Measuring reads of these libraries');
  const open: OpenLibrary[] = [];
  for (const library of libraries) open.push(await openLibrary(library, { CONTENT_CACHE_BYTES: '0' }));
  const questions = await measureQuestions(open, { rounds, seconds: Math.min(seconds, MAX_SECONDS) });
  for (const { server } of open) await server.stop();

  const imports: MeasuredImport[] = [];
  for (const library of libraries) {
    reportProgress(`Importing into ${library.name}`);
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
