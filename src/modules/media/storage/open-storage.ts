import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { diskStorage } from './disk-storage.ts';
import { s3Storage } from './s3-storage.ts';
import type { MediaStorage } from './storage.ts';

/** Opens the configured storage: an S3 bucket, or a folder in the data directory. */
export function openStorage({ dataDir, mediaS3 }: Pick<Config, 'dataDir' | 'mediaS3'>): MediaStorage {
  const directory = join(dataDir, 'media');
  return mediaS3 ? s3Storage(mediaS3, join(directory, '.staging')) : diskStorage(directory);
}
