/** The tables of docs/performance.md. They show ratios, which depend less on the machine than speeds do. */

import { BUSY_ISSUES } from './busy-letter.ts';
import type { Freshness } from './measure-freshness.ts';
import type { HitRate } from './measure-hit-rate.ts';
import type { MeasuredComparison, Reading } from './measure-reads.ts';
import { MIB } from './media/files.ts';
import type { MeasuredImport } from './papers/measure-imports.ts';
import { describeMachine, type Results } from './report.ts';
import { flipRows } from './schedule/describe-flip.ts';
import type { StepCost } from './schedule/measure-flip.ts';
import type { MeasuredStart } from './start/measure-start.ts';
import { median, quantile } from './statistics.ts';
import { format, ratiosOf, valuesOf } from './table.ts';

export function describeAsMarkdown(results: Results): string {
  const { reads, starts, flip, lags, scale, papers, freshness, hitRate, machine } = results;
  const tables = [
    ...(reads.length > 0 ? [describeReads(reads)] : []),
    ...(starts.length > 0 ? [describeStarts(starts)] : []),
    ...(flip.length > 0 ? [describeSteps(flip)] : []),
    ...(lags.length > 0 ? [describeLags(lags)] : []),
    ...(scale.length > 0 ? [describeScale(scale)] : []),
    ...(papers ? [describeScale(papers.questions), describeImports(papers.imports)] : []),
    ...(freshness ? [describeFreshness(freshness)] : []),
    ...(hitRate ? [describeHitRate(hitRate)] : []),
  ];
  if (tables.length === 0) return '';
  return [['For docs/performance.md:'], describeMachine(machine).slice(0, 1), ...tables]
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** Compares each response with the most similar bare route. */
function describeReads(reads: readonly MeasuredComparison[]): string[] {
  const rows = reads.map(({ subject, measured }) => {
    const [masthead, bare] = measured.toReversed();
    if (!masthead || !bare) return line(subject);
    const ratioOf = (key: keyof Reading) => ratio(masthead.readings, bare.readings, key);
    const memory = median(valuesOf(masthead.readings, 'memory')) / MIB;
    return line(
      subject,
      ...[ratioOf('cpu'), ratioOf('perSecond'), ratioOf('p50'), ratioOf('p99')],
      `${format(memory, 0)} MiB (${ratioOf('memory')})`,
    );
  });
  return [...head('Masthead : bare route', 'CPU per request', 'requests/s', 'p50', 'p99', 'memory'), ...rows];
}

function describeStarts(starts: readonly MeasuredStart[]): string[] {
  const rows = starts.map(({ subject, ready, memory }) =>
    line(
      subject,
      `${format(median(ready), 0)} ms`,
      memory.length > 0 ? `${format(median(memory) / MIB, 0)} MiB` : '',
    ),
  );
  return [...head('A start with the database there', 'ready', 'memory'), ...rows];
}

function describeSteps(flip: readonly StepCost[]): string[] {
  const rows = flipRows(flip).map((cells) => line(...cells));
  return [
    ...head('One issue that the schedule publishes', 'clock', 'CPU of the node', 'CPU of PostgreSQL'),
    ...rows,
  ];
}

function describeLags(lags: Results['lags']): string[] {
  const rows = lags.map(({ nodes, lag: { median: p50, p95, max, seen } }) =>
    line(nodes, ...[p50, p95, max, seen.median, seen.p99].map((ms) => `${format(ms, 0)} ms`)),
  );
  const columns = ['published p50', 'p95', 'max', 'read on every node p50', 'p99'];
  return [...head('200 issues that are due at once', ...columns), ...rows];
}

function describeScale(scale: readonly MeasuredComparison[]): string[] {
  const names = scale[0]?.measured.map(({ name }) => name) ?? [];
  const rows = scale.map(({ subject, measured }) => {
    const [smallest] = measured;
    if (!smallest) return line(subject);
    const cells = measured.map(
      ({ readings }) =>
        `${ratio(readings, smallest.readings, 'cpu')} (${ratio(readings, smallest.readings, 'p50')})`,
    );
    return line(subject, ...cells);
  });
  return [...head('CPU (p50), ratio to the smallest', ...names), ...rows];
}

function describeImports(imports: readonly MeasuredImport[]): string[] {
  const rows = imports.map(({ subject, seconds, count, memory, readers }) =>
    line(
      subject,
      `${format(seconds, 1)} s`,
      format(count / seconds, 0),
      memory === null ? '' : `${format(memory / MIB, 0)} MiB`,
      `${format(quantile(readers, 0.99), 0)} ms`,
      `${format(Math.max(...readers), 0)} ms`,
    ),
  );
  return [...head('BibTeX import', 'time', 'records/s', 'memory', 'p99 of a reader', 'max'), ...rows];
}

function describeFreshness({ delays, stale }: Freshness): string[] {
  const [p50, p95, most] = [0.5, 0.95, 1].map((share) => `${format(quantile(delays, share), 0)} ms`);
  return [
    ...head('Time until a correction is shown', 'p50', 'p95', 'max'),
    line('on the second node', p50, p95, most),
    line('on the node that published', stale === 0 ? 'always at once' : `late ${stale} times`, '', ''),
  ];
}

function describeHitRate({ reads, misses, corrections }: HitRate): string[] {
  return [
    ...head('Cache of a node beside corrections', 'reads', 'misses', 'corrections', 'hit rate'),
    line(
      `${BUSY_ISSUES} issues, one correction a second`,
      ...[reads, misses, corrections].map((count) => format(count, 0)),
      `${format((1 - misses / reads) * 100, 2)} %`,
    ),
  ];
}

function ratio(above: readonly Reading[], below: readonly Reading[], key: keyof Reading): string {
  return format(median(ratiosOf(valuesOf(above, key), valuesOf(below, key))), 2);
}

function head(...columns: string[]): string[] {
  return [line(...columns), line(...columns.map((_, index) => (index === 0 ? '---' : '--:')))];
}

function line(...cells: (string | undefined)[]): string {
  return `| ${cells.join(' | ')} |`;
}
