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
  /** Records */
  count: number;
  /** From the request until nothing is left to do */
  seconds: number;
  /** Bytes that the server had resident above what it had before, at most. Null: the system does not tell. */
  memory: number | null;
  /** Milliseconds of each read of one reader meanwhile, of what the server keeps prepared */
  readers: number[];
};

/** A file of new papers, through the background of the server, and the same file once more. */
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
      if (counts[outcome] !== count) throw new Error(`Not all are ${outcome}: ${JSON.stringify(counts)}`);
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
