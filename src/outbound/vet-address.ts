import { isIP } from 'node:net';
import { addressUnreachable } from './fetch-errors.ts';
import type { NetworkPolicy } from './network-policy.ts';

/** Returns null if the URL is invalid, not https, or has a user name, a password or another port. */
export function parseAddress(address: string, port: number, base?: string): URL | null {
  const url = URL.parse(address, base);
  if (url === null || url.protocol !== 'https:') return null;
  if (url.username !== '' || url.password !== '') return null;
  return Number(url.port || 443) === port ? url : null;
}

/** Resolves the host once. Throws unless every IP address is allowed. May return an empty list. */
export async function vetHost(
  url: URL,
  policy: NetworkPolicy,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const literal = bareHost(url);
  const addresses = isIP(literal) === 0 ? await resolveWithTimeout(url.hostname, policy, signal) : [literal];
  if (!addresses.every(policy.isAllowed)) throw addressUnreachable();
  return addresses;
}

/** The host without IPv6 brackets and without the trailing dot of a fully qualified name, as in certificates. */
export function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$|\.$/g, '');
}

/** A DNS lookup cannot be cancelled. After the timeout, its result is ignored. */
function resolveWithTimeout(
  hostname: string,
  policy: NetworkPolicy,
  signal: AbortSignal,
): Promise<readonly string[]> {
  let timer: NodeJS.Timeout | undefined;
  return new Promise<readonly string[]>((resolve, reject) => {
    const giveUp = () => reject(addressUnreachable());
    timer = setTimeout(giveUp, policy.limits.connectMs);
    signal.addEventListener('abort', giveUp, { once: true });
    policy.resolve(hostname).then(resolve, reject);
  }).finally(() => clearTimeout(timer));
}
