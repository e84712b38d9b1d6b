/** How long a worker holds an import. Each batch renews the lease. */
export const LEASE_MS = 300_000;
