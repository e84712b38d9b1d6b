import { CORRECTIONS, type Freshness } from './measure-freshness.ts';
import { quantile } from './statistics.ts';
import { format, narrowRow } from './table.ts';

export function describeFreshness({ delays, stale }: Freshness): string[] {
  return [
    `Freshness of two nodes on one database, over ${CORRECTIONS} corrections of an issue of 35 KB: milliseconds from the response`,
    'of the publishing node until the other node, which is read continuously, shows the new edition. The minimum is the',
    'time of one read. Stale: the next read from the publishing node showed the previous edition.',
    narrowRow('', 'p50', 'p95', 'max', 'stale'),
    narrowRow(
      '  other node',
      ...[0.5, 0.95, 1].map((share) => format(quantile(delays, share), 1)),
      `${stale}`,
    ),
  ];
}
