import {
  findIncompatible,
  hasChecksum,
  type Migration,
  type RecordedMigration,
} from './migration-history.ts';

/** The database does not match the code. The message says why and how to fix it. */
export class MigrationError extends Error {
  override name = 'MigrationError';
}

/** The caller must hold the migration lock: without it, a migration that a node of 0.1.0 runs looks like a failed one. */
export function refuseMisfit(migrations: Migration[], recorded: RecordedMigration[]): void {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  const failed = recorded.find((row) => row.finished_at === null);
  if (failed !== undefined) throw failedHalfWay(failed);
  const unknown = findIncompatible(migrations, recorded);
  if (unknown.length > 0)
    throw startsAlike(migrations, recorded) ? databaseIsNewer(unknown) : otherHistory(unknown);
  for (const { migration_name: name, checksum } of recorded) {
    const migration = known.get(name);
    if (migration !== undefined && !hasChecksum(migration, checksum)) throw wasEdited(name);
  }
}

export function hasForeignTables(): MigrationError {
  return new MigrationError(
    'The database contains tables that do not belong to Masthead. Use a separate database for Masthead.',
  );
}

export function migrationFailed(name: string, cause: unknown): MigrationError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new MigrationError(
    `The migration ${name} failed: ${reason}\n` +
      'PostgreSQL has rolled it back, and the migrations before it are done. Fix the cause, then start again.',
    { cause },
  );
}

/** A node of 0.1.0 committed a migration and its end in two steps. This code never leaves such a row. */
function failedHalfWay({ migration_name: name, logs }: RecordedMigration): MigrationError {
  const where = `WHERE migration_name = '${name}' AND finished_at IS NULL;`;
  return new MigrationError(
    `A node of 0.1.0 has started the migration ${name} and has not recorded its end${logs === null ? '' : `: ${logs.split('\n')[0]}`}\n` +
      'Either PostgreSQL has rolled all of it back, or all of it is done. Check whether the database contains what its SQL creates.\n' +
      `If not: UPDATE _prisma_migrations SET rolled_back_at = now() ${where}\n` +
      `If so:  UPDATE _prisma_migrations SET finished_at = now() ${where}`,
  );
}

/** A release only adds migrations, so every database of a release has the first one. */
function startsAlike([first]: Migration[], recorded: RecordedMigration[]): boolean {
  return recorded.some((row) => row.migration_name === first?.name);
}

function otherHistory(unknown: string[]): MigrationError {
  return new MigrationError(
    `The database was not created by a release of Masthead: this code does not know its migrations ${unknown.join(', ')}. ` +
      'A database from before 0.1.0, the first release, cannot be upgraded. ' +
      'Set DATABASE_URL to an empty database or, for the embedded database, DATA_DIR to an empty folder.',
  );
}

/** For starts, and for nodes that run when a newer one migrates the database. */
export function describeNewerDatabase(unknown: readonly string[]): string {
  return (
    `The database is newer than this code, which does not know its migrations ${unknown.join(', ')}. ` +
    'Start the release of Masthead that added them, or a later one.'
  );
}

function databaseIsNewer(unknown: string[]): MigrationError {
  return new MigrationError(describeNewerDatabase(unknown));
}

function wasEdited(name: string): MigrationError {
  return new MigrationError(
    `The migration ${name} was edited after it was applied to this database. ` +
      'Restore its migration.sql, and make the change in a new migration.',
  );
}
