import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { reportProgress } from '../progress.ts';
import { readingOf } from '../reading-of.ts';
import { type OpenLibrary, QUESTIONS, type Question } from './questions.ts';

/** The minimum number of requests of one measurement. */
const MIN_REQUESTS = 5;

type Timing = { rounds: number; seconds: number };

/** Sends one request at a time to the libraries in turn. The first round is a warm-up. */
export async function measureQuestions(
  libraries: readonly OpenLibrary[],
  { rounds, seconds }: Timing,
): Promise<MeasuredComparison[]> {
  const entries = QUESTIONS.map((question) => ({
    question,
    measured: libraries.map((library) => ({ library, turn: 0, readings: [] as Reading[] })),
  }));
  for (let round = 0; round <= rounds; round += 1) {
    if (round > 0) reportProgress(`  round ${round} of ${rounds}`);
    for (const { question, measured } of entries) {
      for (const each of measured) {
        const times = await askSome(question, each, seconds);
        each.turn += times.count;
        if (round > 0) each.readings.push(times.reading);
      }
    }
  }
  return entries.map(({ question: { subject, goal }, measured }) => ({
    ...{ subject, goal },
    measured: measured.map(({ library: { name }, readings }) => ({ name, readings })),
  }));
}

async function askSome(
  question: Question,
  { library, turn }: { library: OpenLibrary; turn: number },
  seconds: number,
): Promise<{ reading: Reading; count: number }> {
  const before = await library.server.readUsage();
  const end = performance.now() + seconds * 1_000;
  const times: number[] = [];
  while (times.length < MIN_REQUESTS || performance.now() < end) {
    const start = performance.now();
    await question.ask(library, turn + times.length);
    times.push((performance.now() - start) * 1_000);
  }
  return { reading: readingOf(times, before, await library.server.readUsage()), count: times.length };
}
