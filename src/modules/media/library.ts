import type { ImageProcess } from './images/image-process.ts';
import type { MediaStorage } from './storage/storage.ts';
import type { CropSize } from './variants/plan-crops.ts';

/** What the media library works with beside the database. */
export type MediaLibrary = Readonly<{
  storage: MediaStorage;
  images: ImageProcess;
  /** Bytes of one file at most. */
  maxBytes: number;
  crops: readonly CropSize[];
}>;
