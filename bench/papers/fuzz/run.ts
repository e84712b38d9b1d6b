/**
 * `npm run bench:fuzz -- [--count 100000] [--characters 100000] [--seed 0]` imports generated bibliographies and prints those
 * whose longest step took most CPU time.
 */

import { parseArgs } from 'node:util';
import { type Bibliography, listRepetitions, makeHostileBibliography } from './hostile-bibliography.ts';
import { timeCount, timeLongestStep } from './time-steps.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '100000' },
    characters: { type: 'string', default: '100000' },
    seed: { type: 'string', default: '0' },
  },
});
const [count, characters, first] = [Number(values.count), Number(values.characters), Number(values.seed)];

const MAX_MS = 50;
const MOST_SHOWN = 10;
type Timed = Bibliography & { name: string; ms: number };

let slowest: Timed[] = [];
let done = 0;
for (const { name, bibliography } of generate()) {
  if (done === count) break;
  done += 1;
  const ms = await time(bibliography);
  if (slowest.length === MOST_SHOWN && ms <= (slowest.at(-1)?.ms ?? 0)) continue;
  slowest = [...slowest, { ...bibliography, name, ms }].toSorted((a, b) => b.ms - a.ms).slice(0, MOST_SHOWN);
}
for (const { name, format, text, ms } of slowest)
  process.stdout.write(`${ms.toFixed(1)} ms  ${name}  ${format}  ${JSON.stringify(text.slice(0, 120))}\n`);
process.stdout.write(
  `Bibliographies: ${done}. The longest step took ${(slowest[0]?.ms ?? 0).toFixed(1)} ms.\n`,
);
if ((slowest[0]?.ms ?? 0) > MAX_MS) process.exitCode = 1;

/** First each token in each place, then random ones. */
function* generate(): Generator<{ name: string; bibliography: Bibliography }> {
  if (first === 0) {
    for (const bibliography of listRepetitions(characters)) yield { name: 'repetition', bibliography };
  }
  for (let seed = first; ; seed += 1)
    yield { name: `seed ${seed}`, bibliography: makeHostileBibliography(seed, characters) };
}

/** Measures again what took long, because the first time includes compilation and the collection of garbage. */
async function time(bibliography: Bibliography): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let tries = 0; tries < 4 && best > MAX_MS / 2; tries += 1)
    best = Math.min(best, Math.max(timeLongestStep(bibliography), await timeCount(bibliography)));
  return best;
}
