import type { Context } from '../../../context.ts';
import { DomainError } from '../../../errors.ts';
import type { MediaLibrary } from '../library/media-library.ts';
import type { MediaWords } from '../record/schemas.ts';
import { type Stored, storeMedia } from './store-media.ts';

/** Imports of one node: each holds a connection, and perhaps a thread that looks up a name. */
const MOST_AT_ONCE = 4;

/** Makes the verb that fetches a file from an address and stores it like an upload. */
export function makeImportMedia(library: MediaLibrary) {
  let underWay = 0;

  return async function importMedia(
    ctx: Context,
    { url, ...words }: MediaWords & { url: string },
  ): Promise<Stored> {
    if (underWay >= MOST_AT_ONCE) {
      const message = `${MOST_AT_ONCE} imports are under way already.`;
      throw new DomainError('unavailable', 'too_many_imports', message);
    }
    underWay += 1;
    try {
      const { bytes, fileName } = await library.fetchFile(url, { maxBytes: library.maxBytes });
      return await storeMedia(ctx, library, { bytes, originalName: fileName, ...words });
    } finally {
      underWay -= 1;
    }
  };
}
