import type { Metadata } from 'sharp';
import { openStill } from '../process/decoders.ts';
import { readJpegQuality } from './jpeg-quality.ts';
import { keepColours } from './keep-colours.ts';

/** Above it a JPEG only grows. */
const BEST_QUALITY = 92;

/**
 * With the quality that it has: the same quantization of the same blocks loses next to nothing (70 dB between
 * both for an upright photo), where a better one would only add bytes. Not by mozjpeg, which takes ten times the time.
 */
export async function cleanJpeg(bytes: Buffer, header: Metadata): Promise<Buffer> {
  const isWhole = header.chromaSubsampling?.startsWith('4:4:4') ?? false;
  return keepColours(openStill(bytes).autoOrient(), header)
    .jpeg({
      quality: Math.min(readJpegQuality(bytes) ?? BEST_QUALITY, BEST_QUALITY),
      chromaSubsampling: isWhole ? '4:4:4' : '4:2:0',
    })
    .toBuffer();
}
