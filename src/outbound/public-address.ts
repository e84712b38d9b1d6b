import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** RFC 4291 and IANA's register of IPv6 address space: outside of it nothing has been handed out to anybody. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Public by its number, yet the host of a virtual machine in Azure answers at it, and only that machine. */
const AZURE_HOST = '168.63.129.16';

/**
 * Whether an IP address, as node writes it, is one that anybody on the internet can reach. IPv6 addresses that
 * carry an IPv4 address are not, whichever they carry: who translates them, and into what, is not known here.
 */
export function isPublicAddress(address: string): boolean {
  if (isIP(address) === 0 || address === AZURE_HOST) return false;
  const parsed = ipaddr.parse(address);
  if (parsed.range() !== 'unicast') return false;
  return !(parsed instanceof ipaddr.IPv6) || (parsed.match(GLOBAL_UNICAST) && !isTunnelled(parsed));
}

/** ISATAP, RFC 5214: the lower half is 0000:5efe or 0200:5efe and an IPv4 address, below any prefix. */
function isTunnelled({ parts }: ipaddr.IPv6): boolean {
  return parts[5] === 0x5efe && (parts[4] === 0 || parts[4] === 0x0200);
}
