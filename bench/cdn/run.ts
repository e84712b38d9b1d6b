/** Measures the freshness and the hit rate behind Varnish: node bench/cdn/run.ts [seconds] */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCleanup } from '../cleanup.ts';
import { startDatabase } from '../database.ts';
import { format } from '../table.ts';
import { measureCdn } from './measure-cdn.ts';

const seconds = Number(process.argv[2] ?? 60);
const cleanup = makeCleanup();
const directory = await mkdtemp(join(tmpdir(), 'masthead-bench-cdn-'));
cleanup.add(() => rm(directory, { recursive: true, force: true }));
try {
  const { url } = cleanup.addStopOf(await startDatabase(directory));
  const measured = await measureCdn({ databaseUrl: url, directory, core: null }, seconds, cleanup);
  const { freshness, hitRate, readsPerSecond, corrections } = measured;
  process.stdout.write(
    [
      `${format(measured.seconds, 0)} s, ${format(readsPerSecond, 0)} reads/s, ${corrections} corrections`,
      `hit rate   ${format(hitRate * 100, 2)} %`,
      `freshness  p50 ${format(freshness.median, 1)} ms, p95 ${format(freshness.p95, 1)} ms, max ${format(freshness.max, 1)} ms`,
      '',
    ].join('\n'),
  );
} finally {
  await cleanup.run();
}
