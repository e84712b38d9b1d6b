import type pg from 'pg';
import { describeNewerDatabase } from './migration-error.ts';
import { findIncompatible, readMigrations, readRecordedMigrations } from './migration-history.ts';

/**
 * Returns a task that looks whether a newer node has migrated the database beyond what this code may use. Calls `onOutdated`
 * with what to do, once. Resolves with null, for the usual pause between two runs.
 */
export function makeWatchRelease(pool: pg.Pool, onOutdated: (reason: string) => void) {
  const migrations = readMigrations();
  let isOutdated = false;
  return async function watchRelease(): Promise<null> {
    const unknown = findIncompatible(await migrations, await readRecordedMigrations(pool));
    if (unknown.length === 0 || isOutdated) return null;
    isOutdated = true;
    onOutdated(describeNewerDatabase(unknown));
    return null;
  };
}
