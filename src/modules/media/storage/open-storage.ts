import { join } from 'node:path';
import type { Config } from '../../../config.ts';
import { diskStorage } from './disk-storage.ts';
import type { MediaStorage } from './storage.ts';

/** Where the configuration wants the bytes. */
export function openStorage({ dataDir }: Config): MediaStorage {
  return diskStorage(join(dataDir, 'media'));
}
