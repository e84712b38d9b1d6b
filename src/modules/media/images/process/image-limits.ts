/** Of one frame, as stated in the header */
export const MAX_PIXELS = 50_000_000;
export const MAX_FRAMES = 500;
/** Of all frames together. It limits the time for decoding, which takes 20 to 60 ns per pixel. */
export const MAX_TOTAL_PIXELS = 200_000_000;
export const MAX_SVG_BYTES = 1024 * 1024;
/** The maximum that WebP supports, which AVIF renditions share. */
export const MAX_SIDE_PIXELS = 16_383;
