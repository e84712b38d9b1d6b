const MAX_CODE_SIZE = 12;

/**
 * Truncates the compressed pixels of a frame after the last pixel. Decoders stop there, so a file can hide other data
 * behind it. Follows the codes without expanding them (GIF89a specification, appendix F), and throws if they are invalid.
 */
export function trimPixels(data: Buffer, frame: { pixels: number; codeSize: number }): Buffer {
  if (frame.codeSize < 1 || frame.codeSize > 8) throw new Error('The GIF has an invalid code size.');
  const clear = 2 ** frame.codeSize;
  const end = clear + 1;
  /** The number of pixels of each code */
  const lengths = new Uint16Array(2 ** MAX_CODE_SIZE).fill(1, 0, clear);
  let [size, next, previous] = [frame.codeSize + 1, end + 1, 0];
  let [bit, pixels] = [0, 0];
  while (pixels < frame.pixels) {
    const code = readBits(data, bit, size);
    if (code === end) break;
    bit += size;
    if (code === clear) {
      [size, next, previous] = [frame.codeSize + 1, end + 1, 0];
      continue;
    }
    const isKnown = code < clear || (code > end && code < next);
    // The only code that may be used before its definition: the previous string followed by its first pixel.
    const isDefinedNow = code === next && previous > 0 && next < lengths.length;
    if (!isKnown && !isDefinedNow) throw new Error('The GIF has an invalid code.');
    if (previous > 0 && next < lengths.length) {
      lengths[next] = previous + 1;
      next += 1;
      if (next === 2 ** size && size < MAX_CODE_SIZE) size += 1;
    }
    previous = lengths[code] ?? 0;
    pixels += previous;
  }
  return writeBits(data, bit, size, end);
}

/** Least significant bit first. */
function readBits(data: Buffer, bit: number, size: number): number {
  const at = bit >> 3;
  if (bit + size > data.length * 8) throw new Error('The pixels of the GIF are truncated.');
  const bytes = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
  return (bytes >> (bit & 7)) & (2 ** size - 1);
}

/** Returns the data up to `bit`, followed by this code. */
function writeBits(data: Buffer, bit: number, size: number, code: number): Buffer {
  const written = Buffer.alloc(Math.ceil((bit + size) / 8));
  data.copy(written, 0, 0, Math.ceil(bit / 8));
  const at = bit >> 3;
  const kept = (data[at] ?? 0) & (2 ** (bit & 7) - 1);
  const bits = kept | (code << (bit & 7));
  for (let i = at; i < written.length; i += 1) written[i] = (bits >> (8 * (i - at))) & 0xff;
  return written;
}
