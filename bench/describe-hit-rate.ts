import { BUSY_ISSUES } from './busy-letter.ts';
import type { HitRate } from './measure-hit-rate.ts';
import { format } from './table.ts';

export function describeHitRate({ seconds, reads, misses, corrections }: HitRate): string[] {
  return [
    `Reads of ${BUSY_ISSUES} issues of one newsletter from one node, while one of them is corrected each second: the share that`,
    'the cache of the node answers.',
    `  ${format((1 - misses / reads) * 100, 2)} % of ${reads} reads in ${format(seconds, 0)} s; ${misses} misses, ${corrections} corrections`,
  ];
}
