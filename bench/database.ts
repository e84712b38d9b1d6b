import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { z } from 'zod';
import { startEmbeddedPostgres } from '../src/database/embedded/start-embedded.ts';

export type BenchDatabase = {
  url: string;
  pool: pg.Pool;
  /** Creates another database on the same server and returns its URL. */
  addDatabase(name: string): Promise<string>;
  /** The ids of the server's processes. */
  findPids(): Promise<number[]>;
  stop(): Promise<void>;
};

const SETTINGS = {
  track_commit_timestamp: 'on',
  // Filling an archive needs a large write-ahead log.
  max_wal_size: '4GB',
  // Off, but for the database that turns it on: see measure-hit-rate.ts.
  shared_preload_libraries: 'pg_stat_statements',
  'pg_stat_statements.track': 'none',
};

/** Starts PostgreSQL as durable as in production, with commit timestamps recorded. */
export async function startDatabase(directory: string): Promise<BenchDatabase> {
  const dataDir = join(directory, 'database');
  await mkdir(dataDir);
  // When started as root, the server runs as another user, who must be able to enter these folders.
  await chmod(directory, 0o711);
  await chmod(dataDir, 0o711);
  const server = await startEmbeddedPostgres({ dataDir, settings: SETTINGS });
  const pool = new pg.Pool({ connectionString: server.url });
  return {
    url: server.url,
    pool,
    async addDatabase(name) {
      await pool.query(`CREATE DATABASE ${pg.escapeIdentifier(name)}`);
      return Object.assign(new URL(server.url), { pathname: `/${name}` }).href;
    },
    findPids: () => findPids(pool),
    async stop() {
      await pool.end();
      await server.stop();
    },
  };
}

const processes = z.array(z.object({ pid: z.coerce.number() }));

/** The first one is the postmaster, which starts the others. */
async function findPids(pool: pg.Pool): Promise<number[]> {
  const { rows } = await pool.query(`
    SELECT split_part(pg_read_file('postmaster.pid'), E'\\n', 1) AS pid
    UNION ALL SELECT pid::text FROM pg_stat_activity`);
  return processes.parse(rows).map(({ pid }) => pid);
}
