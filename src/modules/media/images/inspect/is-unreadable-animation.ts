import type { FileExtension } from '../../files/file-types.ts';

/** Length, type and checksum */
const PNG_CHUNK_FRAME_BYTES = 12;
const AVIF_BRAND_BYTES = 4;

/** Whether the file is an animation of which the decoders read one frame only. */
export function isUnreadableAnimation(bytes: Buffer, extension: FileExtension): boolean {
  if (extension === 'png') return countPngFrames(bytes) > 1;
  return extension === 'avif' && isAvifSequence(bytes);
}

/**
 * Reads the chunk `acTL`, which precedes the pixels (PNG, third edition, section 11.3.6.1). Colour profiles and texts of any
 * length may precede it.
 */
function countPngFrames(bytes: Buffer): number {
  for (
    let at = 8;
    at + PNG_CHUNK_FRAME_BYTES <= bytes.length;
    at += PNG_CHUNK_FRAME_BYTES + bytes.readUInt32BE(at)
  ) {
    const type = bytes.toString('latin1', at + 4, at + 8);
    if (type === 'acTL') return bytes.readUInt32BE(at + 8);
    if (type === 'IDAT') return 1;
  }
  return 1;
}

/** The first box lists the brands of the file: https://aomediacodec.github.io/av1-avif/#image-sequence-brand */
function isAvifSequence(bytes: Buffer): boolean {
  const end = Math.min(bytes.readUInt32BE(0), bytes.length);
  for (let at = 8; at + AVIF_BRAND_BYTES <= end; at += AVIF_BRAND_BYTES) {
    if (bytes.toString('latin1', at, at + AVIF_BRAND_BYTES) === 'avis') return true;
  }
  return false;
}
