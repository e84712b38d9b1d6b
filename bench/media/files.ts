/** What is uploaded: no two files are alike, and nothing can compress them. */

import { randomFillSync } from 'node:crypto';
import sharp from 'sharp';

export const MIB = 1024 * 1024;

/** A PDF by its first and last bytes. */
export async function makePdf(mebibytes: number): Promise<Buffer> {
  const bytes = randomFillSync(Buffer.alloc(mebibytes * MIB));
  bytes.write('%PDF-1.7\n');
  bytes.write('\n%%EOF\n', bytes.length - 7);
  return bytes;
}

/** Pixels: so flat that its variants are small, and uploads are not measured beside a lot of rendering. */
const NOISE_WIDTH = 15_900;
/** Rows that a JPEG holds together. */
const BAND = 8;

/** A JPEG of nothing but noise, up to half a MiB smaller. */
export async function makeNoise(mebibytes: number): Promise<Buffer> {
  const { length } = await drawNoise(BAND);
  return drawNoise(BAND * Math.floor((mebibytes * MIB) / length));
}

function drawNoise(height: number): Promise<Buffer> {
  const pixels = randomFillSync(Buffer.alloc(NOISE_WIDTH * height * 3));
  return sharp(pixels, { raw: { width: NOISE_WIDTH, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4', optimiseCoding: false })
    .toBuffer();
}
