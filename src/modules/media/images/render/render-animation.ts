import { openFrames } from '../process/decoders.ts';
import type { Crop } from './crop-region.ts';
import type { Source } from './inspect-source.ts';

/** Keeps the timing and loop count of the source. The effort is low, because there may be 500 frames. */
export async function renderAnimation({ bytes }: Source, { output }: Crop): Promise<Buffer> {
  return openFrames(bytes)
    .resize(output.width, output.height, { fit: 'fill' })
    .webp({ quality: 75, effort: 2 })
    .toBuffer();
}
