import { writeFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { newStagedPath } from '../storage/staging.ts';
import type { MediaStorage } from '../storage/storage.ts';

/** Contains the id of the database to which the files in the storage belong. */
const MARKER_FILE = 'database.txt';

/** Resolves to null if no database owns the files in the storage. */
export async function readStorageOwner(storage: MediaStorage): Promise<string | null> {
  const marker = await storage.open(MARKER_FILE);
  return marker && (await text(marker.bytes)).trim();
}

/** Does nothing if the storage has an owner. */
export async function claimStorage(storage: MediaStorage, installationId: string): Promise<void> {
  const staged = await newStagedPath(storage);
  try {
    await writeFile(staged.path, `${installationId}\n`);
    await storage.put(staged.path, {
      fileName: MARKER_FILE,
      mimeType: 'text/plain',
      contentDisposition: 'attachment',
    });
  } finally {
    await staged.discard();
  }
}
