/** Carries the keys of what became stale, with spaces between them, to every node. */
export const STALE_CHANNEL = 'masthead_stale';
