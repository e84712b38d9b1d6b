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
const NOISE_WIDTH = 16_000;
/** Rows that tell how many bytes a row takes. */
const PROBE = 16;

/** A JPEG of nothing but noise, up to a hundredth smaller. */
export async function makeNoise(mebibytes: number): Promise<Buffer> {
  const probe = await drawNoise(PROBE);
  return drawNoise(Math.floor((mebibytes * MIB * PROBE * 0.995) / probe.length));
}

function drawNoise(height: number): Promise<Buffer> {
  const pixels = randomFillSync(Buffer.alloc(NOISE_WIDTH * height * 3));
  return sharp(pixels, { raw: { width: NOISE_WIDTH, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}
