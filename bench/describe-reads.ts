import { CONNECTIONS } from './load-target.ts';
import type { MeasuredComparison, Reading } from './measure-reads.ts';
import { MIB } from './media/files.ts';
import type { Options } from './options.ts';
import { median } from './statistics.ts';
import { describeGoal, describeRatio, format, valuesOf, wideRow } from './table.ts';

export function describeReads(
  reads: readonly MeasuredComparison[],
  { seconds, rounds }: Options,
): string[][] {
  return [
    [
      `Reads: ${CONNECTIONS} connections, ${seconds} s in each of ${rounds} rounds. Medians, and ratios with minimum and maximum.`,
      'CPU is the user and system time of the server process, without PostgreSQL. A server that used much less than its',
      'core waited for PostgreSQL, the load generator or other programs. Then compare CPU per request, not requests/s.',
      'p50 and p99 are request times while the server is saturated. Memory is the resident memory of the server process,',
      'without image processes. The goal applies to the ratio of CPU.',
    ],
    ...reads.map(describeComparison),
  ];
}

function describeComparison({ subject, goal, measured }: MeasuredComparison): string[] {
  const [last, ...others] = measured.toReversed();
  if (!last) return [];
  return [
    wideRow(subject, 'requests/s', 'CPU per request', 'p50', 'p99', 'memory', 'core in use'),
    ...measured.map(({ name, readings }) => describeContestant(`  ${name}`, readings)),
    ...others
      .toReversed()
      .map(({ name, readings }) => describeRatios(`  ratio to ${name}`, last.readings, readings, goal)),
  ];
}

function describeContestant(name: string, readings: readonly Reading[]): string {
  const medianOf = (key: keyof Reading) => median(valuesOf(readings, key));
  return wideRow(
    name,
    format(medianOf('perSecond'), 0),
    `${format(medianOf('cpu'), 0)} µs`,
    `${format(medianOf('p50') / 1_000, 2)} ms`,
    `${format(medianOf('p99') / 1_000, 2)} ms`,
    `${format(medianOf('memory') / MIB, 0)} MiB`,
    `${format(100 * medianOf('busy'), 0)} %`,
  );
}

function describeRatios(
  name: string,
  above: readonly Reading[],
  below: readonly Reading[],
  goal: MeasuredComparison['goal'],
): string {
  const ratioOf = (key: keyof Reading) => describeRatio(valuesOf(above, key), valuesOf(below, key));
  return wideRow(
    name,
    ratioOf('perSecond'),
    ratioOf('cpu'),
    ratioOf('p50'),
    ratioOf('p99'),
    '',
    describeGoal(valuesOf(above, 'cpu'), valuesOf(below, 'cpu'), goal),
  );
}
