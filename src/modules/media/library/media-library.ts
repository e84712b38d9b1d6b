import type { FetchedFile } from '../../../outbound/fetch-from-outside.ts';
import type { ImageProcess } from '../images/image-process.ts';
import type { CropSize } from '../renditions/plan-crops.ts';
import type { MediaStorage } from '../storage/storage.ts';

/** What the media library works with beside the database. */
export type MediaLibrary = Readonly<{
  storage: MediaStorage;
  images: ImageProcess;
  /** Opens a file at an address that somebody named; nothing inside our own network can be reached by it. */
  fetchFile: (address: string, options: { maxBytes: number }) => Promise<FetchedFile>;
  /** Bytes of one file at most. */
  maxBytes: number;
  crops: readonly CropSize[];
}>;
