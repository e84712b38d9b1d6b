import { MIB } from '../media/files.ts';
import { spreadOf } from '../statistics.ts';
import { format, row } from '../table.ts';
import type { MeasuredStart } from './measure-start.ts';

export function describeStarts(starts: readonly MeasuredStart[]): string[] {
  return [
    'Starts with the database there: milliseconds until /health/ready answers 200, and resident memory three seconds later',
    row('', 'ready (min to max)', 'memory (min to max)'),
    ...starts.map(({ subject, ready, memory }) =>
      row(
        `  ${subject}`,
        describeSpread(ready, 'ms'),
        memory.length === 0
          ? ''
          : describeSpread(
              memory.map((bytes) => bytes / MIB),
              'MiB',
            ),
      ),
    ),
  ];
}

function describeSpread(values: readonly number[], unit: string): string {
  const { median, min, max } = spreadOf(values);
  return `${format(median, 0)} ${unit} (${format(min, 0)} to ${format(max, 0)})`;
}
