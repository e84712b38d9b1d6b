import { openFrames } from '../process/decoders.ts';
import type { Source } from './inspect-source.ts';
import type { Crop } from './plan-crop.ts';

/** With the timing and the loop of the source. At a low effort: 500 frames are encoded here. */
export async function renderAnimation({ bytes }: Source, { output }: Crop): Promise<Buffer> {
  return openFrames(bytes)
    .resize(output.width, output.height, { fit: 'fill' })
    .webp({ quality: 75, effort: 2 })
    .toBuffer();
}
