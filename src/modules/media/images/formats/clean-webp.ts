import type { Metadata } from 'sharp';
import { openStill } from '../process/decoders.ts';
import { dropOpaqueAlpha, keepColours } from './keep-colours.ts';
import { rebuildWebpAnimation } from './rebuild-webp-animation.ts';
import { readWebp } from './webp-chunks.ts';

/** Above this size the best lossless compression takes too long for an upload. */
const MAX_BEST_EFFORT_BYTES = 2_000_000;

export async function cleanWebp(bytes: Buffer, header: Metadata): Promise<Buffer> {
  if ((header.pages ?? 1) > 1) return rebuildWebpAnimation(bytes);
  const upright = () => keepColours(openStill(bytes).autoOrient(), header);
  const image = await dropOpaqueAlpha(upright, header);
  return image.webp(optionsFor(bytes)).toBuffer();
}

function optionsFor(bytes: Buffer) {
  const isLossless = readWebp(bytes).some(({ name }) => name === 'VP8L');
  if (!isLossless) return { quality: 92, effort: 2 };
  return { lossless: true, effort: bytes.length > MAX_BEST_EFFORT_BYTES ? 0 : 4 };
}
