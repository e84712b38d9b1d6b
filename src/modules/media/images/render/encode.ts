import sharp, { type Sharp } from 'sharp';
import { countColours, readPixels } from '../formats/pixels.ts';
import type { Rendering } from '../process/messages.ts';
import type { Pixels } from './decode-once.ts';
import { encodePng } from './encode-png.ts';
import type { Source } from './inspect-source.ts';

type Encode = (pixels: Pixels, source: Source) => Promise<Buffer>;

/**
 * Found with the sample's figures and a photograph of 12 million pixels; bytes at a width of 1280 of that photograph in
 * brackets, where the original of 4000 has 2 MB. Drawings get more, since eyes see what happens to letters.
 */
export const encode: Record<Rendering['format'], Encode> = {
  /** All colour samples: with half of them red and blue lines smear (5 dB for a tenth of the bytes). [77 kB] */
  avif: (pixels, { isDrawing }) =>
    open(pixels)
      .avif({ quality: isDrawing ? 60 : 55, effort: 3 })
      .toBuffer(),
  /** [99 kB] */
  webp: async (pixels, { isDrawing }) => {
    // Where no pixel was mixed by resizing, lossless is half the size of lossy.
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
