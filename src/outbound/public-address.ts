import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** The only IPv6 range that IANA allocates for global unicast (RFC 4291 and IANA's IPv6 address space registry). */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** A public address, but inside Azure it is the platform's own endpoint, reachable only from virtual machines. */
const AZURE_HOST = '168.63.129.16';

/**
 * Whether an IP address, in Node's notation, is publicly reachable. IPv6 addresses that embed an IPv4 address are not
 * accepted, because a translator on the network may map them to any IPv4 address.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address === AZURE_HOST) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return !(parsed instanceof ipaddr.IPv6) || (parsed.match(GLOBAL_UNICAST) && !isTunnelled(parsed));
}

/** ISATAP, RFC 5214: under any prefix, the lower half is 0000:5efe or 0200:5efe followed by an IPv4 address. */
function isTunnelled({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x0200);
}
