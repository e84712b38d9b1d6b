import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Client } from 'pg';

/** A folder of prisma/migrations. */
export type Migration = Readonly<{ name: string; sql: string }>;

/** A row of `_prisma_migrations`, which the Prisma CLI reads too. */
export type RecordedMigration = Readonly<{
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  logs: string | null;
}>;

export const migrationsDirectory = path.resolve(import.meta.dirname, '../../prisma/migrations');

/** Reads the migrations in the order in which they are applied. */
export async function readMigrations(directory = migrationsDirectory): Promise<Migration[]> {
  const entries = await readdir(directory, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => ({
      name,
      sql: await readFile(path.join(directory, name, 'migration.sql'), 'utf8'),
    })),
  );
}

/** Reads the migrations of the database, except those that are marked as rolled back. */
export async function readRecordedMigrations(client: Pick<Client, 'query'>): Promise<RecordedMigration[]> {
  const table = await client.query<{ found: boolean }>(
    "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS found",
  );
  if (!table.rows[0]?.found) return [];
  const { rows } = await client.query<RecordedMigration>(
    `SELECT migration_name, checksum, finished_at, logs FROM _prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return rows;
}

/** Like Prisma, accepts LF and CRLF line ends, which a checkout may change. */
export function hasChecksum(migration: Migration, checksum: string): boolean {
  const unix = migration.sql.replaceAll('\r\n', '\n');
  const variants = [migration.sql, unix, unix.replaceAll('\n', '\r\n')];
  return variants.some((sql) => createHash('sha256').update(sql).digest('hex') === checksum);
}
