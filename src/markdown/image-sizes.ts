/**
 * The `sizes` attribute. A text column is at most about 45rem wide. Browsers that support `auto` for lazy-loaded images use
 * the layout width instead; others ignore `auto`.
 */
export const IMAGE_SIZES = 'auto, (max-width: 45rem) 100vw, 45rem';
