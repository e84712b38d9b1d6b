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
 * Enqueues a file for which nothing is due, because a planned rendition is missing: for example, a crop size was added
 * to the configuration. Only planned renditions are ever missing, so requests cannot cause arbitrary rendering.
 */
export async function requestMissingRenditions(pool: pg.Pool, fileName: string): Promise<void> {
  await pool.query({
    name: 'request media renditions',
    text: REQUEST,
    values: [fileName, RENDITIONS_CHANNEL],
  });
}
