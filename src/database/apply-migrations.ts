import { createHash, randomUUID } from 'node:crypto';
import type pg from 'pg';
import { migrationFailed } from './migration-error.ts';
import { EXPAND, type Migration } from './migration-history.ts';

/** As the Prisma CLI creates it, which can read it and go on from it. */
const HISTORY = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations in order. Each one and its row in the history are committed together, so after a crash at any moment
 * the next start goes on where this one stopped. The caller holds the migration lock on this connection.
 */
export async function applyMigrations(client: pg.Client, migrations: readonly Migration[]): Promise<void> {
  await client.query(HISTORY);
  for (const migration of migrations) await applyMigration(client, migration);
}

async function applyMigration(client: pg.Client, { name, sql }: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    // PostgreSQL itself splits the script into statements.
    await client.query(sql);
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, logs, finished_at, applied_steps_count)
       VALUES ($1, $2, $3, $4, clock_timestamp(), 1)`,
      [
        ...[randomUUID(), createHash('sha256').update(sql).digest('hex'), name],
        sql.startsWith(EXPAND) ? EXPAND : null,
      ],
    );
    await client.query('COMMIT');
  } catch (error) {
    // Ends with the connection, if that is what was lost.
    await client.query('ROLLBACK').catch(() => {});
    throw migrationFailed(name, error);
  }
}
