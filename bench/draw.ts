import { makeRandom } from './random.ts';

export type Draw = {
  /** An integer from 0, below `end`. */
  below: (end: number) => number;
  one: <T>(list: readonly T[]) => T;
};

/** The same seed draws the same. */
export function makeDraw(seed: number): Draw {
  // Neighbouring seeds give similar first numbers.
  const random = makeRandom(Math.imul(seed + 1, 2_654_435_761));
  for (let skipped = 0; skipped < 3; skipped += 1) random();
  const below = (end: number) => Math.floor(random() * end);
  return {
    below,
    one: (list) => {
      const found = list[below(list.length)];
      if (found === undefined) throw new Error('The list is empty.');
      return found;
    },
  };
}
