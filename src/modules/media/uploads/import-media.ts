import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { MediaMetadata } from '../record/schemas.ts';
import { type Stored, storeMedia } from './store-media.ts';

/** Per node. Each import holds a connection, and a thread while it resolves a host name. */
const MAX_CONCURRENT_IMPORTS = 4;

/** Returns a function that downloads a file from a URL and stores it like an upload. */
export function makeImportMedia(library: MediaLibrary) {
  let running = 0;

  return async function importMedia(
    ctx: Context,
    { url, ...metadata }: MediaMetadata & { url: string },
  ): Promise<Stored> {
    if (running >= MAX_CONCURRENT_IMPORTS) {
      const message = `${MAX_CONCURRENT_IMPORTS} imports are running already; try again later.`;
      throw new DomainError('unavailable', 'too_many_imports', message);
    }
    running += 1;
    try {
      const { bytes, fileName } = await library.fetchFile(url, { maxBytes: library.maxBytes });
      return await storeMedia(ctx, library, { bytes, originalName: fileName, ...metadata });
    } finally {
      running -= 1;
    }
  };
}
