/** Milliseconds for which an import is left to whoever works on it; renewed with each batch. */
export const LEASE = 300_000;
