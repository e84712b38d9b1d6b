import { median } from '../statistics.ts';
import { describeRatio, format, row } from '../table.ts';
import { FLIPPED_ISSUES, type StepCost } from './measure-flip.ts';

const NAMES: Record<StepCost['step'], string> = {
  stage: 'staged: composed and stored',
  flip: `flipped, in a batch of ${FLIPPED_ISSUES}`,
  raw: 'the same rows, inserted by a raw transaction',
  index: 'texts indexed',
};

export function describeFlip(costs: readonly StepCost[]): string[] {
  const [flip, raw] = [costs.find(({ step }) => step === 'flip'), costs.find(({ step }) => step === 'raw')];
  return [
    'The cost of one issue of about 35 KB that the schedule publishes: milliseconds of the clock and of CPU time',
    row('', 'clock', 'CPU of the node', 'CPU of PostgreSQL'),
    ...costs.map(({ step, wall, node, postgres }) =>
      row(`  ${NAMES[step]}`, ...[wall, node, postgres].map((values) => format(median(values), 2))),
    ),
    ...(flip && raw
      ? [`  flip : raw transaction ${describeRatio(flip.wall, raw.wall)}, the goal is at most 3`]
      : []),
  ];
}

/** For docs/performance.md. */
export function flipRows(costs: readonly StepCost[]): string[][] {
  return costs.map(({ step, wall, node, postgres }) => [
    NAMES[step],
    ...[wall, node, postgres].map((values) => `${format(median(values), 1)} ms`),
  ]);
}
