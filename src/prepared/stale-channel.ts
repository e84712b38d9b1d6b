/** Carries the keys of what became stale, with spaces between them, to every node. */
export const STALE_CHANNEL = 'masthead_stale';

/** A key of every response, for who cannot know what became stale. */
export const ALL_CONTENT = 'content';
