import type { FetchedFile } from '../../../outbound/fetch-from-outside.ts';
import type { ImageProcess } from '../images/image-process.ts';
import type { CropSize } from '../renditions/plan-crops.ts';
import type { MediaStorage } from '../storage/storage.ts';

/** The dependencies of the media module besides the database. */
export type MediaLibrary = Readonly<{
  storage: MediaStorage;
  images: ImageProcess;
  /** Downloads a file from a URL given by a user. Refuses URLs that lead into the server's own network. */
  fetchFile: (address: string, options: { maxBytes: number }) => Promise<FetchedFile>;
  /** Maximum size of one file */
  maxBytes: number;
  crops: readonly CropSize[];
}>;
