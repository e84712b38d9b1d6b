import { readFile } from 'node:fs/promises';
import type pg from 'pg';
import { z } from 'zod';

const processes = z.array(z.object({ pid: z.number() }));

/**
 * Microseconds that PostgreSQL has computed so far for those who are connected to a database; 0 where the system
 * does not tell. It counts in nanoseconds: https://docs.kernel.org/scheduler/sched-stats.html
 */
export async function readDatabaseCpu(pool: pg.Pool, database: string): Promise<number> {
  const { rows } = await pool.query(
    "SELECT pid FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
    [database],
  );
  const times = await Promise.all(processes.parse(rows).map(({ pid }) => readCpu(pid)));
  return times.reduce((sum, time) => sum + time, 0);
}

async function readCpu(pid: number): Promise<number> {
  try {
    const [nanoseconds] = (await readFile(`/proc/${pid}/schedstat`, 'utf8')).split(' ');
    return Number(nanoseconds) / 1_000;
  } catch {
    return 0;
  }
}
