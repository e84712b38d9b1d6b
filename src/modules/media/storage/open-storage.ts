import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { diskStorage } from './disk-storage.ts';
import type { MediaStorage } from './storage.ts';

/** Opens the configured storage: an S3 bucket, or a folder in the data directory. Loads the SDK of S3 only for a bucket. */
export async function openStorage({
  dataDir,
  mediaS3,
}: Pick<Config, 'dataDir' | 'mediaS3'>): Promise<MediaStorage> {
  const directory = join(dataDir, 'media');
  if (!mediaS3) return diskStorage(directory);
  const { s3Storage } = await import('./s3-storage.ts');
  return s3Storage(mediaS3, join(directory, '.staging'));
}
