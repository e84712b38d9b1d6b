import { cpus } from 'node:os';
import type { Cores } from './cores.ts';
import { DUE_ISSUES } from './due-issues.ts';
import { CONNECTIONS } from './load-target.ts';
import type { Lag } from './measure-lag.ts';
import type { MeasuredComparison, Reading } from './measure-reads.ts';
import type { Options } from './options.ts';
import { median, spreadOf } from './statistics.ts';

export type Results = {
  options: Options;
  /** `load`: how many processes wanted to compute before the benchmark began. */
  machine: { cores: Cores | null; load: number };
  reads: MeasuredComparison[];
  lags: { nodes: string; lag: Lag }[];
};

export function describeResults({ options, machine, reads, lags }: Results): string {
  const lines = [
    describeMachine(machine),
    '',
    `Reads: ${CONNECTIONS} connections, ${options.seconds} s in each of ${options.rounds} rounds; medians, and ratios with their least and most.`,
    'CPU is user and system time of the server process, without PostgreSQL’s. A server that used much less than',
    'its core waited, for PostgreSQL, the load or other programs; then its CPU per request says more than its speed.',
    'Masthead has no cache yet: each of its reads is a read of the database.',
    '',
    ...reads.flatMap(describeComparison),
    ...describeLags(lags),
  ];
  return `${lines.join('\n')}\n`;
}

function describeMachine({ cores, load }: Results['machine']): string {
  const [cpu] = cpus();
  const places = cores
    ? `For reads, the server is pinned to core ${cores.server}, load and PostgreSQL to ${cores.others}.`
    : 'Nothing is pinned: server, load and PostgreSQL share the cores.';
  return `Node ${process.version}, ${cpus().length} cores of ${cpu?.model ?? 'an unknown kind'}, load ${load.toFixed(1)} before the start.\n${places}`;
}

function describeComparison({ subject, measured }: MeasuredComparison): string[] {
  const [last, ...others] = measured.toReversed();
  if (!last) return [];
  return [
    row(subject, 'requests/s', 'CPU per request', 'core in use'),
    ...measured.map(({ name, readings }) =>
      row(
        `  ${name}`,
        format(median(readings.map(({ perSecond }) => perSecond)), 0),
        `${format(median(readings.map(({ cpu }) => cpu)), 0)} µs`,
        `${format(100 * median(readings.map(({ busy }) => busy)), 0)} %`,
      ),
    ),
    ...others
      .toReversed()
      .map(({ name, readings }) =>
        row(
          `  ${last.name} : ${name}`,
          describeRatio(last.readings, readings, 'perSecond'),
          describeRatio(last.readings, readings, 'cpu'),
        ),
      ),
    '',
  ];
}

/** Of the two readings of each round. */
function describeRatio(above: Reading[], below: Reading[], key: 'perSecond' | 'cpu'): string {
  const ratios = above.map((reading, round) => reading[key] / (below[round]?.[key] ?? Number.NaN));
  const { median, least, most } = spreadOf(ratios);
  return `${format(median, 2)} (${format(least, 2)} to ${format(most, 2)})`;
}

function describeLags(lags: Results['lags']): string[] {
  return [
    `Lag of ${DUE_ISSUES} issues due at the same second, of about 20 KB each: milliseconds from the due time until the`,
    'transaction that shows the issue to readers commits, both by the clock of the database',
    lagRow('', 'median', 'p95', 'max', 'early', 'twice', 'never'),
    ...lags.map(({ nodes, lag }) =>
      lagRow(
        `  ${nodes}`,
        ...[lag.median, lag.p95, lag.max, lag.early, lag.doubled, lag.missing].map((n) => format(n, 0)),
      ),
    ),
  ];
}

function row(name: string, ...columns: string[]): string {
  return name.padEnd(48) + columns.map((text) => text.padStart(24)).join('');
}

function lagRow(name: string, ...columns: string[]): string {
  return name.padEnd(14) + columns.map((text) => text.padStart(10)).join('');
}

function format(value: number, digits: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
