import { lookup } from 'node:dns/promises';
import { isPublicAddress } from './public-address.ts';

/** What can be reached, and how long it may take. Tests have a reach of their own; the process has no other than INTERNET. */
export type Reach = {
  /** All IP addresses of a host. */
  resolve(hostname: string): Promise<readonly string[]>;
  /** Whether an IP address may be connected to. */
  isAllowed(address: string): boolean;
  /** The only one. */
  port: number;
  /** PEM; left out: those that node trusts. */
  ca?: string;
  /** Milliseconds. */
  limits: {
    /** From the first look-up to the last byte, through all redirects. */
    whole: number;
    /** For looking up the name of a host, and again until it has proved its name. */
    connect: number;
    /** Without a byte. */
    silence: number;
  };
};

export const INTERNET: Reach = {
  async resolve(hostname) {
    const found = await lookup(hostname, { all: true });
    return found.map(({ address }) => address);
  },
  isAllowed: isPublicAddress,
  port: 443,
  limits: { whole: 30_000, connect: 5_000, silence: 10_000 },
};
