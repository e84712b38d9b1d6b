/** The smallest value that at least `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const value = sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  if (value === undefined) throw new RangeError('A quantile needs at least one value');
  return value;
}

/** For an even number of values, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const fromAbove = values.map((value) => -value);
  return (quantile(values, 0.5) - quantile(fromAbove, 0.5)) / 2;
}

export type Spread = { median: number; min: number; max: number };

export function spreadOf(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) };
}
