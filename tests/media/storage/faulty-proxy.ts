import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** What is done to a request instead of handing it on. Null: it is handed on. */
export type Fault = ((response: ServerResponse) => void) | null;

type Proxy = { address: string; decide: (request: IncomingMessage) => Fault };

/** An answer as servers that speak S3 give it. */
export function refuseWith(status: number, code: string): Fault {
  return (response) => {
    const body = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>As the test has it.</Message></Error>`;
    response.writeHead(status, { 'content-type': 'application/xml' }).end(body);
  };
}

/** For the head of a suite: a server between the storage and the real one, where `decide` has faults happen. */
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

/** With the Host that it came with, which is signed. */
function handOn(to: string, incoming: IncomingMessage, response: ServerResponse): void {
  const { method = 'GET', url = '/', headers } = incoming;
  const outgoing = request(new URL(url, to), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.once('error', () => response.destroy());
  incoming.pipe(outgoing);
}
