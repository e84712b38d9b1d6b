import type { Manifest } from '../backup/manifest.ts';

/** `the state of 2026-12-01T13:00:00.000Z (3 hours ago): 27 tables with 1200 rows, 56 media files (7.8 MB)` */
export function describeState({ takenAt, tables, media }: Manifest, now: Date): string {
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  const age = describeAge(now.getTime() - new Date(takenAt).getTime());
  return (
    `the state of ${takenAt} (${age}): ${tables.length} tables with ${rows} rows, ` +
    `${media.files} media files (${(media.bytes / 1e6).toFixed(1)} MB)`
  );
}

const UNITS = [
  { unit: 'day', ms: 86_400_000 },
  { unit: 'hour', ms: 3_600_000 },
  { unit: 'minute', ms: 60_000 },
];

/** In the largest unit that fits. The clock of the database may be ahead of this one. */
function describeAge(ageMs: number): string {
  const fitting = UNITS.find(({ ms }) => ageMs >= ms);
  if (fitting === undefined) return 'less than a minute ago';
  const count = Math.floor(ageMs / fitting.ms);
  return `${count} ${fitting.unit}${count === 1 ? '' : 's'} ago`;
}
