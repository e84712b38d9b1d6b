import { CORRECTIONS, type Freshness } from './measure-freshness.ts';
import { quantile } from './statistics.ts';
import { format, narrowRow } from './table.ts';

export function describeFreshness({ delays, stale }: Freshness): string[] {
  return [
    `Freshness of two nodes on one database, over ${CORRECTIONS} corrections of an issue of 35 KB: milliseconds from the answer of`,
    'the node that published until the other, read back to back, shows the new edition; it takes at least the time of',
    'one read. Stale: the next read of the node that published showed the edition before.',
    narrowRow('', 'p50', 'p95', 'max', 'stale'),
    narrowRow(
      '  other node',
      ...[0.5, 0.95, 1].map((share) => format(quantile(delays, share), 1)),
      `${stale}`,
    ),
  ];
}
