import sharp, { type Sharp } from 'sharp';
import { countColours, readPixels } from '../formats/pixels.ts';
import type { Rendering } from '../process/messages.ts';
import type { Pixels } from './decode-once.ts';
import { encodePng } from './encode-png.ts';
import type { Source } from './inspect-source.ts';

type Encode = (pixels: Pixels, source: Source) => Promise<Buffer>;

/**
 * The settings were found with the figures of the sample newsletter and a photograph of 12 million pixels (2 MB). The
 * size in brackets is that of the photograph at a width of 1280. Drawings get a higher quality, because artefacts are
 * visible around letters.
 */
export const encode: Record<Rendering['format'], Encode> = {
  /** Without chroma subsampling, which blurs red and blue lines: it costs 5 dB and saves a tenth of the bytes. [77 kB] */
  avif: (pixels, { isDrawing }) =>
    open(pixels)
      .avif({ quality: isDrawing ? 60 : 55, effort: 3 })
      .toBuffer(),
  /** [99 kB] */
  webp: async (pixels, { isDrawing }) => {
    // If resizing blended no colours, lossless is half the size of lossy.
    const isFlat = isDrawing && countColours(await readPixels(open(pixels)), 256) !== null;
    return open(pixels)
      .webp(isFlat ? { lossless: true } : { quality: 80, smartSubsample: isDrawing })
      .toBuffer();
  },
  /** [121 kB] */
  jpg: (pixels, { isDrawing }) =>
    open(pixels)
      .flatten({ background: 'white' })
      .jpeg({ quality: 80, mozjpeg: true, chromaSubsampling: isDrawing ? '4:4:4' : '4:2:0' })
      .toBuffer(),
  png: encodePng,
};

function open({ data, info }: Pixels): Sharp {
  return sharp(data, { raw: info });
}
