import { cpus } from 'node:os';
import type { Cores } from './cores.ts';
import { describeFreshness } from './describe-freshness.ts';
import { describeHitRate } from './describe-hit-rate.ts';
import { describeReads } from './describe-reads.ts';
import type { Freshness } from './measure-freshness.ts';
import type { HitRate } from './measure-hit-rate.ts';
import type { MeasuredComparison } from './measure-reads.ts';
import { describeMedia } from './media/describe-media.ts';
import type { MeasuredMedia } from './media/measure-media.ts';
import type { Options } from './options.ts';
import { describePapers } from './papers/describe-papers.ts';
import type { MeasuredPapers } from './papers/measure-papers.ts';
import { describeScale } from './scale/describe-scale.ts';
import { describeFlip } from './schedule/describe-flip.ts';
import { DUE_ISSUES } from './schedule/due-issues.ts';
import type { StepCost } from './schedule/measure-flip.ts';
import type { Lag } from './schedule/measure-lag.ts';
import { describeStarts } from './start/describe-start.ts';
import type { MeasuredStart } from './start/measure-start.ts';
import { format, narrowRow } from './table.ts';

export type Results = {
  options: Options;
  /** `load` is the load average before the benchmark. */
  machine: { cores: Cores | null; load: number };
  reads: MeasuredComparison[];
  starts: MeasuredStart[];
  flip: StepCost[];
  lags: { nodes: string; lag: Lag }[];
  media: MeasuredMedia | null;
  scale: MeasuredComparison[];
  papers: MeasuredPapers | null;
  freshness: Freshness | null;
  hitRate: HitRate | null;
};

/** Describes the results as plain text, without the parts that did not run. */
export function describeResults(results: Results): string {
  const { options, machine, reads, starts, flip, lags, media, scale, papers, freshness, hitRate } = results;
  const paragraphs = [
    describeMachine(machine),
    ...(reads.length > 0 ? describeReads(reads, options) : []),
    ...(scale.length > 0 ? describeScale(scale) : []),
    ...(papers ? describePapers(papers) : []),
    ...(freshness ? [describeFreshness(freshness)] : []),
    ...(hitRate ? [describeHitRate(hitRate)] : []),
    ...(starts.length > 0 ? [describeStarts(starts)] : []),
    ...(flip.length > 0 ? [describeFlip(flip)] : []),
    ...(lags.length > 0 ? [describeLags(lags)] : []),
    ...(media ? describeMedia(media) : []),
  ];
  return paragraphs.map((lines) => `${lines.join('\n')}\n`).join('\n');
}

export function describeMachine({ cores, load }: Results['machine']): string[] {
  const [cpu] = cpus();
  const places = cores
    ? `For reads, the server is pinned to core ${cores.server}, the load generator and PostgreSQL to ${cores.others}.`
    : 'Nothing is pinned: the server, the load generator and PostgreSQL share the cores.';
  return [
    `Node ${process.version}, ${cpus().length} cores of ${cpu?.model ?? 'an unknown model'}, load average ${load.toFixed(1)} before the start.`,
    places,
  ];
}

function describeLags(lags: Results['lags']): string[] {
  return [
    `Lag of ${DUE_ISSUES} issues of about 35 KB that are due in the same second: milliseconds from the due time to the commit`,
    'that shows an issue to readers, both by the clock of the database. Seen: until a reader of every node gets it',
    narrowRow('', 'median', 'p95', 'max', 'seen', 'seen p99', 'early', 'twice', 'never'),
    ...lags.map(({ nodes, lag }) =>
      narrowRow(
        `  ${nodes}`,
        ...[
          lag.median,
          lag.p95,
          lag.max,
          lag.seen.median,
          lag.seen.p99,
          lag.early,
          lag.doubled,
          lag.missing,
        ].map((n) => format(n, 0)),
      ),
    ),
  ];
}
