import type { Metadata } from 'sharp';
import { openStill } from '../process/decoders.ts';
import { readJpegQuality } from './jpeg-quality.ts';
import { keepColours } from './keep-colours.ts';

/** A higher quality adds bytes without a visible difference. */
const MAX_QUALITY = 92;

/**
 * Encodes with the quality of the source: the same quantization of the same blocks loses almost nothing (70 dB for an
 * upright photograph), and a higher quality would only add bytes. mozjpeg would take ten times as long.
 */
export async function cleanJpeg(bytes: Buffer, header: Metadata): Promise<Buffer> {
  const isFullChroma = header.chromaSubsampling?.startsWith('4:4:4') ?? false;
  return keepColours(openStill(bytes).autoOrient(), header)
    .jpeg({
      quality: Math.min(readJpegQuality(bytes) ?? MAX_QUALITY, MAX_QUALITY),
      chromaSubsampling: isFullChroma ? '4:4:4' : '4:2:0',
    })
    .toBuffer();
}
