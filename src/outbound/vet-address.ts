import { isIP } from 'node:net';
import { addressUnreachable } from './fetch-refusals.ts';
import type { Reach } from './reach.ts';

/** Null: not https, or with a user name, a password or a port. */
export function parseAddress(address: string, port: number, base?: string): URL | null {
  const url = URL.parse(address, base);
  if (url === null || url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return Number(url.port || 443) === port ? url : null;
}

/** The IP addresses of the host, looked up once, every one of them allowed. There may be none. */
export async function vetHost(url: URL, reach: Reach, ending: AbortSignal): Promise<readonly string[]> {
  const literal = bareHost(url);
  const addresses = isIP(literal) === 0 ? await resolveInTime(url.hostname, reach, ending) : [literal];
  if (!addresses.every(reach.isAllowed)) throw addressUnreachable();
  return addresses;
}

/** Without the brackets of IPv6, and without the dot that ends a full name: certificates have neither. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$|\.$/g, '');
}

/** A look-up cannot be called off. It is left alone when its time is over. */
function resolveInTime(hostname: string, reach: Reach, ending: AbortSignal): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<readonly string[]>((resolve, reject) => {
    const giveUp = () => reject(addressUnreachable());
    timer = setTimeout(giveUp, reach.limits.connect);
    ending.addEventListener('abort', giveUp, { once: true });
    reach.resolve(hostname).then(resolve, reject);
  }).finally(() => clearTimeout(timer));
}
