import type { Reading } from './measure-reads.ts';
import type { Usage } from './server-child.ts';
import { quantile } from './statistics.ts';

/** Summarizes sequential requests: `times` are in microseconds, and the usage was read before and after them. */
export function readingOf(times: readonly number[], before: Usage, { cpu, memory }: Usage): Reading {
  const elapsed = times.reduce((sum, time) => sum + time, 0);
  return {
    perSecond: (times.length * 1e6) / elapsed,
    cpu: (cpu - before.cpu) / times.length,
    busy: (cpu - before.cpu) / elapsed,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
    memory,
  };
}
