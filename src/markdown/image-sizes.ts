/**
 * For `sizes`: a column of text is some 45rem wide at most. Where a browser knows `auto`, which goes with lazy
 * loading, it takes the width that it has found for itself; others skip the word.
 */
export const SIZES = 'auto, (max-width: 45rem) 100vw, 45rem';
