import { open } from 'node:fs/promises';
import path from 'node:path';

/** Names in the folder of a backup. docs/operating.md describes them to operators. */
export const MANIFEST = 'manifest.json';
/** Written last, so a folder without it is not a backup. */
export const SUMS = 'SHA256SUMS';
export const MEDIA_LIST = 'media.jsonl';
export const DATABASE_FOLDER = 'database';
export const MEDIA_FOLDER = 'media';
/** Media that were copied before the snapshot. Exists only while a backup runs. */
export const EARLY_MEDIA_FOLDER = 'media.early';

/** A backup holds hashes of API keys and drafts, so only its owner may read it. */
export const PRIVATE_FILE = 0o600;
export const PRIVATE_FOLDER = 0o700;

/** In the text format of COPY, compressed with gzip. The path is relative to the folder, as in SHA256SUMS. A table name may have a slash. */
export function tablePath(table: string): string {
  return `${DATABASE_FOLDER}/${encodeURIComponent(table)}.copy.gz`;
}

export function mediaPath(fileName: string): string {
  return `${MEDIA_FOLDER}/${fileName}`;
}

/** After a power failure, the folder has the files that were created or renamed in it. */
export async function syncFolder(...parts: string[]): Promise<void> {
  const folder = await open(path.join(...parts));
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
