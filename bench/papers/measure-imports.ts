import { idOf } from '../fill/plan.ts';
import { timeReads } from '../media/time-reads.ts';
import { readMemory, watchMemory } from '../media/watch-memory.ts';
import { format } from '../table.ts';
import { writeNew } from './bibliography.ts';
import { FREQUENT } from './plan.ts';
import type { OpenLibrary } from './questions.ts';
import { sendBibtex } from './send-bibtex.ts';

export type MeasuredImport = {
  subject: string;
  /** The number of records. */
  count: number;
  /** From the request until the import is finished. */
  seconds: number;
  /** Peak additional bytes of resident memory of the server, or null where the system does not report it. */
  memory: number | null;
  /** Milliseconds of each read of a cached page during the import. */
  readers: number[];
};

/** Imports a file of new papers in the background, and then the same file again. */
export async function measureImports(library: OpenLibrary, count: number): Promise<MeasuredImport[]> {
  const text = writeNew(count, count);
  const into = `into ${library.name}`;
  const first = await measureImport(library, text, count, 'created');
  const again = await measureImport(library, text, count, 'matched');
  return [
    { subject: `${format(count, 0)} new records ${into}`, ...first },
    { subject: `The same ${format(count, 0)} again ${into}`, ...again },
  ];
}

async function measureImport(
  { server, plan }: OpenLibrary,
  text: string,
  count: number,
  outcome: 'created' | 'matched',
): Promise<Omit<MeasuredImport, 'subject'>> {
  const page = `${server.origin}/content/v1/papers/${idOf(plan.papers, 'paper', FREQUENT)}`;
  await fetch(page).then((response) => response.arrayBuffer());
  const idle = await readMemory(server.pid);
  const { result, peak } = await watchMemory(server.pid, () =>
    timeReads(page, async () => {
      const start = performance.now();
      const { counts } = await sendBibtex(server, text);
      if (counts[outcome] !== count)
        throw new Error(`Not all records were ${outcome}: ${JSON.stringify(counts)}`);
      return (performance.now() - start) / 1_000;
    }),
  );
  return {
    count,
    seconds: result.result,
    memory: peak && idle ? peak.server - idle.server : null,
    readers: result.times,
  };
}
