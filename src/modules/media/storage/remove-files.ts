import type { MediaStorage } from './storage.ts';

/**
 * Removes files whose rows were deleted; call it after the commit. A failure is ignored, because the request has
 * succeeded by then, and `sweepMedia` removes the files later.
 */
export async function removeFiles(storage: MediaStorage, fileNames: readonly string[]): Promise<void> {
  await Promise.allSettled(fileNames.map((fileName) => storage.remove(fileName)));
}
