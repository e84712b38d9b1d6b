/** PostgreSQL channel that carries the cache keys to invalidate, separated by spaces, to every node. */
export const STALE_CHANNEL = 'masthead_stale';

/** The cache key that every response has. It invalidates everything when the stale keys are unknown or too many. */
export const ALL_CONTENT = 'content';
