import type { Sharp } from 'sharp';

/** One number for each pixel: red, green, blue and alpha. All that are wholly transparent are the same. */
export async function readPixels(image: Sharp): Promise<Uint32Array> {
  const bytes = await image.toColourspace('srgb').ensureAlpha().raw().toBuffer();
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : new Uint8Array(bytes);
  const pixels = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
  const alpha = wordOf(0, 0, 0, 255);
  for (let at = 0; at < pixels.length; at += 1) if (((pixels[at] ?? 0) & alpha) === 0) pixels[at] = 0;
  return pixels;
}

export function isOpaque(pixels: Uint32Array): boolean {
  const alpha = wordOf(0, 0, 0, 255);
  // The operator makes negative numbers of those with the highest bit.
  return pixels.every((pixel) => (pixel & alpha) >>> 0 === alpha);
}

/** Null: more than `most`. */
export function countColours(pixels: Uint32Array, most: number): number | null {
  const colours = new Set<number>();
  let last: number | null = null;
  for (const pixel of pixels) {
    // Neighbours are alike in drawings, and the set is slow to ask.
    if (pixel === last) continue;
    last = pixel;
    if (colours.add(pixel).size > most) return null;
  }
  return colours.size;
}

export function isSame(some: Uint32Array, others: Uint32Array): boolean {
  return some.length === others.length && some.every((pixel, at) => pixel === others[at]);
}

/** As this machine orders bytes. */
function wordOf(...bytes: [number, number, number, number]): number {
  return new Uint32Array(Uint8Array.of(...bytes).buffer)[0] ?? 0;
}
