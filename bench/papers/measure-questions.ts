import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { tellProgress } from '../progress.ts';
import { readingOf } from '../reading-of.ts';
import { type OpenLibrary, QUESTIONS, type Question } from './questions.ts';

/** Requests of one measurement at least. */
const LEAST = 5;

type Timing = { rounds: number; seconds: number };

/** One request at a time, the libraries in turn; the first round of all warms up. */
export async function measureQuestions(
  libraries: readonly OpenLibrary[],
  { rounds, seconds }: Timing,
): Promise<MeasuredComparison[]> {
  const entries = QUESTIONS.map((question) => ({
    question,
    measured: libraries.map((library) => ({ library, turn: 0, readings: [] as Reading[] })),
  }));
  for (let round = 0; round <= rounds; round += 1) {
    if (round > 0) tellProgress(`  round ${round} of ${rounds}`);
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
  while (times.length < LEAST || performance.now() < end) {
    const start = performance.now();
    await question.ask(library, turn + times.length);
    times.push((performance.now() - start) * 1_000);
  }
  return { reading: readingOf(times, before, await library.server.readUsage()), count: times.length };
}
