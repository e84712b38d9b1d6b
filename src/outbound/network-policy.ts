import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

/** What may be reached, and how long it may take. Only tests use a policy other than PUBLIC_INTERNET. */
export type NetworkPolicy = {
  /** Returns all IP addresses of a host. */
  resolve(hostname: string): Promise<readonly string[]>;
  /** Whether an IP address may be connected to. */
  isAllowed(address: string): boolean;
  /** The only port allowed. */
  port: number;
  /** Trusted certificate authorities, as PEM. Defaults to Node's. */
  ca?: string;
  limits: {
    /** From the first DNS lookup to the last byte, including redirects. */
    totalMs: number;
    /** For the DNS lookup, and again for the connection and TLS handshake. */
    connectMs: number;
    /** Without receiving a byte. */
    idleMs: number;
  };
};

export const PUBLIC_INTERNET: NetworkPolicy = {
  async resolve(hostname) {
    const found = await lookup(hostname, { all: true });
    return found.map(({ address }) => address);
  },
  isAllowed: isPublicAddress,
  port: 443,
  limits: { totalMs: 30_000, connectMs: 5_000, idleMs: 10_000 },
};
