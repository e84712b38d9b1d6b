import type { Sharp } from 'sharp';

/** Returns red, green, blue and alpha of each pixel as one number. Fully transparent pixels are all 0. */
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
  // `&` yields a negative number if the highest bit is set; `>>> 0` makes it unsigned.
  return pixels.every((pixel) => (pixel & alpha) >>> 0 === alpha);
}

/** Returns null if there are more than `max` colours. */
export function countColours(pixels: Uint32Array, max: number): number | null {
  const colours = new Set<number>();
  let last: number | null = null;
  for (const pixel of pixels) {
    // In drawings neighbours are often equal, and a lookup in the set is slow.
    if (pixel === last) continue;
    last = pixel;
    if (colours.add(pixel).size > max) return null;
  }
  return colours.size;
}

export function isSame(some: Uint32Array, others: Uint32Array): boolean {
  return some.length === others.length && some.every((pixel, at) => pixel === others[at]);
}

/** In the byte order of this machine. */
function wordOf(...bytes: [number, number, number, number]): number {
  return new Uint32Array(Uint8Array.of(...bytes).buffer)[0] ?? 0;
}
