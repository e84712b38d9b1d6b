import { spreadOf } from './statistics.ts';

export function row(name: string, ...columns: string[]): string {
  if (columns.length === 0) return name;
  return name.padEnd(48) + columns.map((text) => text.padStart(24)).join('');
}

/** For many columns. */
export function wideRow(name: string, ...columns: string[]): string {
  return name.padEnd(44) + columns.map((text) => text.padStart(21)).join('');
}

export function narrowRow(name: string, ...columns: string[]): string {
  return name.padEnd(14) + columns.map((text) => text.padStart(10)).join('');
}

export function format(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** Of two measurements in each round: the median of the ratios, the least and the most. */
export function describeRatio(above: readonly number[], below: readonly number[]): string {
  const { median, least, most } = spreadOf(ratiosOf(above, below));
  return `${format(median, 2)} (${format(least, 2)} to ${format(most, 2)})`;
}

/** One for each round. */
export function ratiosOf(above: readonly number[], below: readonly number[]): number[] {
  return above.map((value, round) => value / (below[round] ?? Number.NaN));
}
