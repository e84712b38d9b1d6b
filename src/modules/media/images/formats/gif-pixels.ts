const MAX_CODE_SIZE = 12;

/**
 * Cuts the compressed pixels of a frame off behind the last of them, where a decoder stops and a file can carry on
 * with anything. It follows the codes without expanding them, and throws where they make no sense.
 * Appendix F of the GIF89a specification.
 */
export function trimPixels(data: Buffer, frame: { pixels: number; codeSize: number }): Buffer {
  if (frame.codeSize < 1 || frame.codeSize > 8) throw new Error('There is no such size of codes.');
  const clear = 2 ** frame.codeSize;
  const end = clear + 1;
  /** Pixels that a code stands for. */
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
    // The one code that may come before it is defined: the previous string and its own first pixel.
    const isDefinedNow = code === next && previous > 0 && next < lengths.length;
    if (!isKnown && !isDefinedNow) throw new Error('There is no such code.');
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

/** From the lowest bit on. */
function readBits(data: Buffer, bit: number, size: number): number {
  const at = bit >> 3;
  if (bit + size > data.length * 8) throw new Error('The pixels end too early.');
  const bytes = (data[at] ?? 0) | ((data[at + 1] ?? 0) << 8) | ((data[at + 2] ?? 0) << 16);
  return (bytes >> (bit & 7)) & (2 ** size - 1);
}

/** What comes before, this code, and nothing more. */
function writeBits(data: Buffer, bit: number, size: number, code: number): Buffer {
  const written = Buffer.alloc(Math.ceil((bit + size) / 8));
  data.copy(written, 0, 0, Math.ceil(bit / 8));
  const at = bit >> 3;
  const kept = (data[at] ?? 0) & (2 ** (bit & 7) - 1);
  const bits = kept | (code << (bit & 7));
  for (let i = at; i < written.length; i += 1) written[i] = (bits >> (8 * (i - at))) & 0xff;
  return written;
}
