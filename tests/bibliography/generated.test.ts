import { expect, test } from 'vitest';
import { type Bibliography, listRepetitions } from '../../bench/papers/fuzz/hostile-bibliography.ts';
import { timeReading } from '../../bench/papers/fuzz/time-steps.ts';

/** `npm run bench:fuzz` also reads random texts, and measures how long longer texts hold up other requests. */

const SHORT = 2_000;
const FACTOR = 4;
/**
 * Reading a long text takes as long as reading four short ones, and with a quadratic regular expression four times as
 * long.
 */
const MAX_GROWTH = 2.5;
const MOST_COMPARED = 30;
const REPETITIONS = 10;

test('a token that is repeated in any place takes linear time', { timeout: 240_000 }, async () => {
  const texts = zip(listRepetitions(SHORT), listRepetitions(FACTOR * SHORT));

  const superlinear: string[] = [];
  for (const { short, long } of await findSlowest(texts)) {
    const growth = await measureGrowth(short, long);
    if (growth > MAX_GROWTH) superlinear.push(`${growth.toFixed(1)}: ${short.text.slice(0, 100)}`);
  }

  expect(superlinear).toEqual([]);
});

type Pair = { short: Bibliography; long: Bibliography };

function* zip(shorts: Iterable<Bibliography>, longs: Iterable<Bibliography>): Generator<Pair> {
  const rest = longs[Symbol.iterator]();
  for (const short of shorts) {
    const next = rest.next();
    if (next.done !== true) yield { short, long: next.value };
  }
}

/** If the time for any text grows too fast, it is among those that take longest. */
async function findSlowest(pairs: Iterable<Pair>): Promise<Pair[]> {
  let slowest: (Pair & { ms: number })[] = [];
  for (const pair of pairs) {
    const ms = await timeReading(pair.long);
    if (slowest.length === MOST_COMPARED && ms <= (slowest.at(-1)?.ms ?? 0)) continue;
    slowest = [...slowest, { ...pair, ms }].toSorted((a, b) => b.ms - a.ms).slice(0, MOST_COMPARED);
  }
  return slowest;
}

/** Alternates between the two, so that what else the machine does slows both down. */
async function measureGrowth(short: Bibliography, long: Bibliography): Promise<number> {
  let [shortMs, longMs] = [0, 0];
  for (let count = 0; count < REPETITIONS; count += 1) {
    for (let each = 0; each < FACTOR; each += 1) shortMs += await timeReading(short);
    longMs += await timeReading(long);
  }
  return longMs / shortMs;
}
