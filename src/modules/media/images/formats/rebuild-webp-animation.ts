import { type Chunk, readChunks, readWebp, writeChunk, writeWebp } from './webp-chunks.ts';

const HAS_PROFILE = 0x20;
const HAS_ALPHA = 0x10;
const IS_ANIMATED = 0x02;
/** Position, size and duration precede the image of a frame. */
const FRAME_HEADER_BYTES = 16;

/**
 * Rebuilds the file from its frames, size, timing and colour profile. The frames are not encoded again, which would take
 * half a minute for a long animation, lose quality and double the size.
 */
export function rebuildWebpAnimation(bytes: Buffer): Buffer {
  return writeWebp(readWebp(bytes).flatMap(keepChunk));
}

function keepChunk({ name, content }: Chunk): Chunk[] {
  if (name === 'VP8X') return [{ name, content: withoutMetadata(content) }];
  if (name === 'ANMF') return [{ name, content: keepImage(content) }];
  return name === 'ANIM' || name === 'ICCP' ? [{ name, content }] : [];
}

/** The content is a byte of flags, three reserved bytes, and the size. */
function withoutMetadata(content: Buffer): Buffer {
  const flags = content.readUInt8(0) & (HAS_PROFILE | HAS_ALPHA | IS_ANIMATED);
  return Buffer.concat([Buffer.of(flags, 0, 0, 0), content.subarray(4, 10)]);
}

function keepImage(content: Buffer): Buffer {
  const picture = readChunks(content.subarray(FRAME_HEADER_BYTES)).filter(({ name }) =>
    /^(ALPH|VP8 |VP8L)$/.test(name),
  );
  return Buffer.concat([content.subarray(0, FRAME_HEADER_BYTES), ...picture.map(writeChunk)]);
}
