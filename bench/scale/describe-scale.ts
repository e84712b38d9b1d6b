import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { median } from '../statistics.ts';
import { describeGoal, describeRatio, format, valuesOf, wideRow } from '../table.ts';

export function describeScale(scale: readonly MeasuredComparison[]): string[][] {
  return [
    [
      'Archives of different sizes, one newsletter of each in a database of its own, read without a cache: one request at',
      'a time, the archives in turn; medians of all rounds, and ratios to the smallest with their least and most. CPU is',
      'of the server process and of PostgreSQL for it. The goal is for the ratio of CPU; there is none where the largest',
      'archive holds more of what is found. Publishing is through the Admin API.',
    ],
    ...scale.map(describeSubject),
  ];
}

/** The first of those that are compared is the smallest. */
export function describeSubject({ subject, goal, measured }: MeasuredComparison): string[] {
  const [smallest] = measured;
  if (!smallest) return [];
  return [
    wideRow(subject, 'p50', 'p99', 'CPU', 'ratio of p50', 'ratio of CPU', ''),
    ...measured.map(({ name, readings }) => {
      const ratios = readings === smallest.readings ? [] : describeRatios(readings, smallest.readings, goal);
      return wideRow(`  ${name}`, ...describeMedians(readings), ...ratios);
    }),
  ];
}

function describeMedians(readings: readonly Reading[]): string[] {
  const medianOf = (key: keyof Reading) => format(median(valuesOf(readings, key)) / 1_000, 2);
  return [`${medianOf('p50')} ms`, `${medianOf('p99')} ms`, `${medianOf('cpu')} ms`];
}

function describeRatios(
  readings: readonly Reading[],
  smallest: readonly Reading[],
  goal: MeasuredComparison['goal'],
): string[] {
  const [cpu, cpuOfSmallest] = [valuesOf(readings, 'cpu'), valuesOf(smallest, 'cpu')];
  return [
    describeRatio(valuesOf(readings, 'p50'), valuesOf(smallest, 'p50')),
    describeRatio(cpu, cpuOfSmallest),
    describeGoal(cpu, cpuOfSmallest, goal),
  ];
}
