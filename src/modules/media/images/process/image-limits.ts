/** Of one frame, as the header states them. */
export const MAX_PIXELS = 50_000_000;
export const MAX_FRAMES = 500;
/** Of all frames together: what bounds the time for decoding them, which is 20 to 60 ns a pixel. */
export const MAX_PIXELS_IN_ALL = 200_000_000;
/** Bytes of a drawing. */
export const MAX_SVG_SIZE = 1024 * 1024;
/** Pixels along one side, as far as WebP and AVIF go. */
export const MAX_SIDE = 16_383;
