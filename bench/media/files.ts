/** Files for uploads. All of them differ, and none can be compressed. */

import { randomFillSync } from 'node:crypto';
import sharp from 'sharp';

export const MIB = 1024 * 1024;

/** Random bytes that start and end like a PDF. */
export async function makePdf(mebibytes: number): Promise<Buffer> {
  const bytes = randomFillSync(Buffer.alloc(mebibytes * MIB));
  bytes.write('%PDF-1.7\n');
  bytes.write('\n%%EOF\n', bytes.length - 7);
  return bytes;
}

/** A very wide image has small renditions, so that rendering hardly disturbs the measurement of uploads. */
const NOISE_WIDTH_PX = 15_900;
/** The height of a JPEG block. */
const BAND_PX = 8;

/** A JPEG of pure noise, up to half a MiB smaller than requested. */
export async function makeNoise(mebibytes: number): Promise<Buffer> {
  const { length } = await drawNoise(BAND_PX);
  return drawNoise(BAND_PX * Math.floor((mebibytes * MIB) / length));
}

function drawNoise(height: number): Promise<Buffer> {
  const pixels = randomFillSync(Buffer.alloc(NOISE_WIDTH_PX * height * 3));
  return sharp(pixels, { raw: { width: NOISE_WIDTH_PX, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
}
