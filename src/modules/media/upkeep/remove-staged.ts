import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaStorage } from '../storage/storage.ts';

/** Removes what uploads staged before then and never kept, and says how many files that were. */
export async function removeStaged({ stagingDirectory }: MediaStorage, before: Date): Promise<number> {
  let count = 0;
  for (const name of await readdir(stagingDirectory).catch(nothingThere)) {
    const path = join(stagingDirectory, name);
    // Another node may have come first.
    const found = await stat(path).catch(nothingThere);
    if (!('mtime' in found) || found.mtime >= before) continue;
    await rm(path, { force: true });
    count += 1;
  }
  return count;
}

function nothingThere(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
