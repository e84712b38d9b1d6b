/** Pseudorandom numbers from 0 (inclusive) to 1 (exclusive) that are the same in every run. */
export function makeRandom(seed: number): () => number {
  let state = seed;
  return () => {
    // A linear congruential generator with the constants of Numerical Recipes.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
