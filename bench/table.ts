import { median, spreadOf } from './statistics.ts';

export function row(name: string, ...columns: string[]): string {
  if (columns.length === 0) return name;
  return name.padEnd(48) + columns.map((text) => text.padStart(24)).join('');
}

/** A row with many columns. */
export function wideRow(name: string, ...columns: string[]): string {
  return name.padEnd(44) + columns.map((text) => text.padStart(21)).join('');
}

export function narrowRow(name: string, ...columns: string[]): string {
  return name.padEnd(14) + columns.map((text) => text.padStart(10)).join('');
}

export function format(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** The median, minimum and maximum of the ratios of each round. */
export function describeRatio(above: readonly number[], below: readonly number[]): string {
  const { median: middle, min, max } = spreadOf(ratiosOf(above, below));
  return `${format(middle, 2)} (${format(min, 2)} to ${format(max, 2)})`;
}

/** Says whether the median of the ratios meets the goal. */
export function describeGoal(
  above: readonly number[],
  below: readonly number[],
  goal: number | null,
): string {
  if (goal === null) return '';
  return `${median(ratiosOf(above, below)) <= goal ? 'within' : 'NOT within'} ${goal}`;
}

export function valuesOf<K extends string>(readings: readonly Record<K, number>[], key: K): number[] {
  return readings.map((reading) => reading[key]);
}

/** One ratio for each round. */
export function ratiosOf(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, round) => value / (below[round] ?? Number.NaN));
}
