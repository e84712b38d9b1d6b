import { expect, test } from 'vitest';
import {
  type Bibliography,
  listRepetitions,
  makeHostileBibliography,
} from '../../bench/papers/fuzz/hostile-bibliography.ts';
import { timeCount, timeLongestStep } from '../../bench/papers/fuzz/time-steps.ts';

/** `npm run bench:fuzz` does the same with longer texts and other seeds. */

test('a token that is repeated in any place takes linear time', { timeout: 120_000 }, async () => {
  // 8 KB take a millisecond, and with a quadratic regular expression fifty.
  expect(await findSlow(listRepetitions(8_000), 20)).toEqual([]);
});

test('no step of reading a bibliography of 100 KB takes more than 50 ms', { timeout: 120_000 }, async () => {
  const bibliographies = Array.from({ length: 100 }, (_, seed) => makeHostileBibliography(seed, 100_000));

  expect(await findSlow(bibliographies, 50)).toEqual([]);
});

async function findSlow(bibliographies: Iterable<Bibliography>, maxMs: number): Promise<string[]> {
  const slow: string[] = [];
  for (const bibliography of bibliographies) {
    const ms = await leastTime(bibliography, maxMs);
    if (ms > maxMs) slow.push(`${ms} ms: ${bibliography.text.slice(0, 200)}`);
  }
  return slow;
}

/** The first times include compilation and the collection of garbage, and on a busy machine cold caches. */
async function leastTime(bibliography: Bibliography, enough: number): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 10 && least > enough; tries += 1)
    least = Math.min(least, Math.max(timeLongestStep(bibliography), await timeCount(bibliography)));
  return least;
}
