import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

const processes = z.array(z.object({ pid: z.number() }));

/**
 * Counts the CPU microseconds of the backends of a database, or 0 where the system does not report them. Linux reports
 * nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html
 */
export function watchDatabaseCpu(pool: pg.Pool, database: string): () => Promise<number> {
  /** CPU time by process id. It keeps the time of backends whose connection was closed. */
  const times = new Map<number, number>();
  return async () => {
    const { rows } = await pool.query(
      "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
      [database],
    );
    for (const { pid } of processes.parse(rows)) times.set(pid, (await readCpu(pid)) ?? times.get(pid) ?? 0);
    return [...times.values()].reduce((sum, time) => sum + time, 0);
  };
}

async function readCpu(pid: number): Promise<number | null> {
  try {
    const [nanoseconds] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
    return Number(nanoseconds) / 1_000;
  } catch {
    return null;
  }
}
