import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaStorage } from '../storage/storage.ts';

/** Removes staged files that were last written before `before`. Returns their number. */
export async function removeStaged({ stagingDirectory }: MediaStorage, before: Date): Promise<number> {
  let count = 0;
  for (const name of await readdir(stagingDirectory).catch(ignoreMissing)) {
    const path = join(stagingDirectory, name);
    // Another node may have removed it already.
    const found = await stat(path).catch(ignoreMissing);
    if (!('mtime' in found) || found.mtime >= before) continue;
    await rm(path, { force: true });
    count += 1;
  }
  return count;
}

function ignoreMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
