import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request } from 'node:https';
import { isIP } from 'node:net';
import { addAbortSignal } from 'node:stream';
import { connect, type TLSSocket } from 'node:tls';
import { addressUnreachable } from './fetch-refusals.ts';
import type { Reach } from './reach.ts';
import { bareHost, vetHost } from './vet-address.ts';

/** One request, to a vetted address of the host. `ending` closes the connection, whatever it is at. */
export async function openAnswer(url: URL, reach: Reach, ending: AbortSignal): Promise<IncomingMessage> {
  ending.throwIfAborted();
  const addresses = await vetHost(url, reach, ending);
  return ask(url, await reachOne(addresses, url, reach, ending));
}

/** The first address of each family has its share of the time: many a host has an IPv6 route that leads nowhere. */
async function reachOne(
  addresses: readonly string[],
  url: URL,
  reach: Reach,
  ending: AbortSignal,
): Promise<TLSSocket> {
  const families = addresses.map(isIP);
  const candidates = addresses.filter((_, index) => families.indexOf(families[index] ?? 0) === index);
  for (const address of candidates) {
    const socket = openSocket(address, url, reach, ending);
    const timer = setTimeout(
      () => socket.destroy(addressUnreachable()),
      reach.limits.connect / candidates.length,
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

function openSocket(address: string, url: URL, reach: Reach, ending: AbortSignal): TLSSocket {
  const name = bareHost(url);
  const socket = connect({
    // An address, so that node looks up nothing more. The name is for the certificate alone; RFC 6066 has no
    // addresses in it, and without a name node holds the certificate against `host`.
    host: address,
    servername: isIP(name) === 0 ? name : '',
    port: reach.port,
    // Said, since NODE_TLS_REJECT_UNAUTHORIZED would change the default.
    rejectUnauthorized: true,
    ALPNProtocols: ['http/1.1'],
    ...(reach.ca === undefined ? {} : { ca: reach.ca }),
  });
  // Who waits hears of it by other ways; an error that comes when nobody does must not end the process.
  socket.on('error', () => {});
  socket.setTimeout(reach.limits.silence, () => socket.destroy(addressUnreachable()));
  return addAbortSignal(ending, socket);
}

/** With a connection of its own there is no agent: nothing is kept alive, and no proxy is read from the environment. */
function ask(url: URL, socket: TLSSocket): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const asking = request({
      createConnection: () => socket,
      path: url.pathname + url.search,
      headers: {
        host: url.host,
        'user-agent': 'Masthead',
        accept: '*/*',
        'accept-encoding': 'identity',
      },
    });
    asking.on('response', resolve);
    asking.on('error', reject);
    // Also the end of an answer that is none, as 101 Switching Protocols.
    asking.on('close', () => reject(addressUnreachable()));
    asking.end();
  });
}
