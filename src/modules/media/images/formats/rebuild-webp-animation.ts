import { type Chunk, readChunks, readWebp, writeChunk, writeWebp } from './webp-chunks.ts';

const HAS_PROFILE = 0x20;
const HAS_ALPHA = 0x10;
const IS_ANIMATED = 0x02;
/** Bytes of place, size and duration before the picture of a frame. */
const FRAME_HEAD = 16;

/**
 * Its frames put together anew, each bit for bit, with size, timing and colour profile alone. To encode them again
 * takes half a minute for a long one, loses quality and doubles the bytes.
 */
export function rebuildWebpAnimation(bytes: Buffer): Buffer {
  return writeWebp(readWebp(bytes).flatMap(keepChunk));
}

function keepChunk({ name, content }: Chunk): Chunk[] {
  if (name === 'VP8X') return [{ name, content: withoutMetadata(content) }];
  if (name === 'ANMF') return [{ name, content: keepPicture(content) }];
  return name === 'ANIM' || name === 'ICCP' ? [{ name, content }] : [];
}

/** Flags, then three reserved bytes, then the size. */
function withoutMetadata(content: Buffer): Buffer {
  const flags = content.readUInt8(0) & (HAS_PROFILE | HAS_ALPHA | IS_ANIMATED);
  return Buffer.concat([Buffer.of(flags, 0, 0, 0), content.subarray(4, 10)]);
}

function keepPicture(content: Buffer): Buffer {
  const picture = readChunks(content.subarray(FRAME_HEAD)).filter(({ name }) =>
    /^(ALPH|VP8 |VP8L)$/.test(name),
  );
  return Buffer.concat([content.subarray(0, FRAME_HEAD), ...picture.map(writeChunk)]);
}
