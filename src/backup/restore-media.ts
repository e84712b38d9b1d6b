import { createReadStream } from 'node:fs';
import path from 'node:path';
import { contentDisposition } from '../modules/media/files/content-disposition.ts';
import { stageBytes } from '../modules/media/storage/staging.ts';
import type { MediaStorage } from '../modules/media/storage/storage.ts';
import type { StoredMedia } from '../modules/media/upkeep/stored-media.ts';
import { verifyFile } from '../modules/media/upkeep/verify-media.ts';
import { BackupError } from './backup-error.ts';
import { CONCURRENT_FILES } from './copy-media.ts';
import { forEachConcurrently } from './for-each-concurrently.ts';
import { mediaPath } from './layout.ts';
import { type Backup, listHeldMedia } from './open-backup.ts';
import type { Progress } from './progress.ts';

/** Puts the media of the backup into the storage, under the same names. */
export async function restoreMedia(storage: MediaStorage, backup: Backup, progress: Progress): Promise<void> {
  const total = backup.manifest.media.files;
  const show = progress('media files restored');
  let done = 0;
  await forEachConcurrently(listHeldMedia(backup), CONCURRENT_FILES, async (media) => {
    await restoreFile(storage, backup.folder, media);
    done += 1;
    show(done, total);
  });
}

/** Keeps a file that is stored already, as after an interrupted restore, if its bytes are those of the backup. */
async function restoreFile(storage: MediaStorage, folder: string, media: StoredMedia): Promise<void> {
  const { fault } = await verifyFile(storage, media);
  if (fault === null) return;
  const { fileName, mimeType, originalName } = media;
  const bytes = createReadStream(path.join(folder, mediaPath(fileName)));
  const staged = await stageBytes(storage, bytes, media.size);
  try {
    if (staged.sha256 !== media.sha256)
      throw new BackupError(`${mediaPath(fileName)} changed while the backup was restored.`);
    // `put` does not overwrite.
    if (fault !== 'missing') await storage.remove(fileName);
    const disposition = contentDisposition(mimeType, originalName);
    await storage.put(staged.path, { fileName, mimeType, contentDisposition: disposition });
  } finally {
    await staged.discard();
  }
}
