import type { MeasuredComparison, Reading } from '../measure-reads.ts';
import { median } from '../statistics.ts';
import { describeGoal, describeRatio, format, valuesOf, wideRow } from '../table.ts';

export function describeScale(scale: readonly MeasuredComparison[]): string[][] {
  return [
    [
      'Archives of different sizes, each a newsletter in its own database, read without a cache: one request at a time,',
      'the archives in turn. Medians of all rounds, and ratios to the smallest with minimum and maximum. CPU is that of',
      'the server process and its PostgreSQL backends. The goal applies to the ratio of CPU. There is no goal where a',
      'larger archive has more matches. Publishing uses the Admin API.',
    ],
    ...scale.map(describeSubject),
  ];
}

/** The first entry is the smallest. */
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
