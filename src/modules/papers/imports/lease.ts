/** Each batch renews the lease of its import. */
export const LEASE_MS = 300_000;
