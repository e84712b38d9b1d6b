import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** Answers a request in place of the real server. Null forwards the request. */
export type Fault = ((response: ServerResponse) => void) | null;

type Proxy = { address: string; decide: (request: IncomingMessage) => Fault };

/** An error response in the form of S3. */
export function refuseWith(status: number, code: string): Fault {
  return (response) => {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>As the test has it.</Message></Error>`;
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  };
}

/** Call it at the start of a suite. Puts a proxy before the real server, where `decide` injects faults. */
export function useFaultyProxy(server: { readonly config: { endpoint: string | null } }): Proxy {
  const proxy: Proxy = { address: '', decide: () => null };
  const listener = createServer((incoming, response) => {
    const fault = proxy.decide(incoming);
    if (!fault) return handOn(server.config.endpoint ?? '', incoming, response);
    incoming.resume().once('end', () => fault(response));
  });
  beforeAll(async () => {
    listener.listen(0, '127.0.0.1');
    await once(listener, 'listening');
    proxy.address = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    listener.closeAllConnections();
    listener.close();
  });
  return proxy;
}

/** Forwards a request with its original Host header, because the signature covers it. */
function handOn(to: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const outgoing = request(new URL(url, to), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.once('error', () => response.destroy());
  incoming.pipe(outgoing);
}
