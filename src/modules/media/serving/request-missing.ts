import type pg from 'pg';
import { RENDITIONS_CHANNEL } from '../renditions/renditions-channel.ts';

const REQUEST = `
  WITH requested AS (
    UPDATE media_files SET renditions_due_at = now()
    WHERE file_name = $1 AND renditions_due_at IS NULL AND renditions_tries = 0
    RETURNING id
  )
  SELECT pg_notify($2, '') FROM requested`;

/**
 * Has what a settled file lacks rendered, as when a size was added to the configuration since.
 * Only planned ones are ever missed, so nobody can have anything rendered by asking for it.
 */
export async function requestMissing(pool: pg.Pool, fileName: string): Promise<void> {
  await pool.query({
    name: 'request media renditions',
    text: REQUEST,
    values: [fileName, RENDITIONS_CHANNEL],
  });
}
