import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { addressUnreachable } from './fetch-errors.ts';
import type { NetworkPolicy } from './network-policy.ts';
import { bareHost, vetHost } from './vet-address.ts';

/** Sends one request to a vetted IP address of the host. `signal` closes the connection at any stage. */
export async function openResponse(
  url: URL,
  policy: NetworkPolicy,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  signal.throwIfAborted();
  const addresses = await vetHost(url, policy, signal);
  return sendRequest(url, await connectToFirst(addresses, url, policy, signal));
}

/** Tries the first address of each family, with an equal share of the time, because IPv6 routes are often broken. */
async function connectToFirst(
  addresses: readonly string[],
  url: URL,
  policy: NetworkPolicy,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const families = addresses.map(isIP);
  const candidates = addresses.filter((_, index) => families.indexOf(families[index] ?? 0) === index);
  for (const address of candidates) {
    const socket = openSocket(address, url, policy, signal);
    const timer = setTimeout(
      () => socket.destroy(addressUnreachable()),
      policy.limits.connectMs / candidates.length,
    );
    const isSecure = await once(socket, 'secureConnect').then(
      () => true,
      () => false,
    );
    clearTimeout(timer);
    if (isSecure) return socket;
  }
  throw addressUnreachable();
}

function openSocket(address: string, url: URL, policy: NetworkPolicy, signal: AbortSignal): TLSSocket {
  const name = bareHost(url);
  const socket = connect({
    // An IP address, so that Node does no second DNS lookup, which could return a different address. The server name is
    // for the certificate. RFC 6066 does not allow IP addresses there; without a name, Node checks against `host`.
    host: address,
    servername: isIP(name) === 0 ? name : '',
    port: policy.port,
    // Explicit, because NODE_TLS_REJECT_UNAUTHORIZED would change the default.
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(policy.ca === undefined ? {} : { ca: policy.ca }),
  });
  // Callers see errors in other ways. Without a listener, an error event would end the process.
  socket.on('error', () => {});
  socket.setTimeout(policy.limits.idleMs, () => socket.destroy(addressUnreachable()));
  return addAbortSignal(signal, socket);
}

/** `createConnection` bypasses the agent, so there is no keep-alive and no proxy from the environment. */
function sendRequest(url: URL, socket: TLSSocket): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const outgoing = request({
      createConnection: () => socket,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        'user-agent': 'Masthead',
        accept: '*/*',
        'accept-encoding': 'identity',
      },
    });
    outgoing.on('response', resolve);
    outgoing.on('error', reject);
    // Also emitted without a response, for example after 101 Switching Protocols.
    outgoing.on('close', () => reject(addressUnreachable()));
    outgoing.end();
  });
}
