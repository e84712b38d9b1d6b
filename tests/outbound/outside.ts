import { once } from 'node:events';
import type { IncomingHttpHeaders, RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo, Server, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { DomainError } from '../../src/errors.ts';
import { type NetworkPolicy, PUBLIC_INTERNET } from '../../src/outbound/network-policy.ts';
import { isPublicAddress } from '../../src/outbound/public-address.ts';

type Asked = {
  host: string | undefined;
  path: string | undefined;
  headers: IncomingHttpHeaders;
  /** The server name of the TLS handshake (SNI), or false without one. */
  serverName: string | false | null;
};

/** The host names in the certificate of the server, besides 127.0.0.1. */
const HOSTS = ['files.example', 'pictures.example', 'xn--bcher-kva.example'];

const nothing: RequestListener = (_request, response) => {
  response.writeHead(404).end();
};

/** Starts a server on 127.0.0.1 that stands for the internet, and a policy that treats its address as public. */
export function useOutside() {
  let ca = '';
  let server: Server;

  const outside = {
    port: 0,
    answer: nothing,
    asked: [] as Asked[],
    /** The open connections. */
    open: new Set<Socket>(),
    /** The addresses of host names. Names that are not listed resolve to the server. */
    names: new Map<string, readonly string[]>(),
    lookedUp: [] as string[],
    /** The local address of each connection. */
    connectedTo: [] as (string | undefined)[],

    url: (path = '/', host = 'files.example') => `https://${host}:${outside.port}${path}`,

    policy: (limits: Partial<NetworkPolicy['limits']> = {}): NetworkPolicy => ({
      resolve: async (name) => {
        outside.lookedUp.push(name);
        return outside.names.get(name) ?? ['127.0.0.1'];
      },
      isAllowed: (address) => address === '127.0.0.1' || isPublicAddress(address),
      port: outside.port,
      ca,
      limits: { ...PUBLIC_INTERNET.limits, ...limits },
    }),
  };

  beforeAll(async () => {
    const certificate = await makeCertificate();
    ca = certificate.cert;
    const listener: RequestListener = (request, response) => {
      const { headers, url: path, socket } = request;
      const serverName = socket instanceof TLSSocket ? socket.servername : null;
      outside.asked.push({ host: headers.host, path, headers, serverName });
      outside.answer(request, response);
    };
    server = createServer({ cert: certificate.cert, key: certificate.private }, listener);
    server.on('connection', (socket) => {
      outside.connectedTo.push(socket.localAddress);
      outside.open.add(socket);
      socket.once('close', () => outside.open.delete(socket));
    });
    outside.port = await listen(server);
  });

  beforeEach(() => {
    outside.answer = nothing;
    outside.names.clear();
    for (const list of [outside.asked, outside.lookedUp, outside.connectedTo]) list.length = 0;
  });

  afterAll(async () => {
    for (const socket of outside.open) socket.destroy();
    server.close();
    await once(server, 'close');
  });

  return outside;
}

export async function listen(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

function makeCertificate() {
  const altNames = HOSTS.map((value) => ({ type: 2 as const, value }));
  return generate([{ name: 'commonName', value: 'outside' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [{ name: 'subjectAltName', altNames: [...altNames, { type: 7, ip: '127.0.0.1' }] }],
  });
}

/** The fields of the refusal that a client sees, and the cause, which must stay hidden. */
export async function refusalOf(work: Promise<unknown>) {
  const error: unknown = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof DomainError)) throw new Error('The fetch was not refused.', { cause: error });
  const { kind, code, message, details, cause } = error;
  return { kind, code, message, details, cause };
}
