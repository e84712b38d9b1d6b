import type { MediaStorage } from './storage.ts';

/**
 * Removes what has no row, after its transaction. What cannot be removed now is for `sweepMedia`: the request that
 * came this far has done what it was asked for.
 */
export async function removeFiles(storage: MediaStorage, fileNames: readonly string[]): Promise<void> {
  await Promise.allSettled(fileNames.map((fileName) => storage.remove(fileName)));
}
