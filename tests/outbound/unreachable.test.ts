import { createServer, type Socket } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { fetchFromOutside } from '../../src/outbound/fetch-from-outside.ts';
import { type NetworkPolicy, PUBLIC_INTERNET } from '../../src/outbound/network-policy.ts';
import { isPublicAddress } from '../../src/outbound/public-address.ts';
import { listen, refusalOf, useOutside } from './outside.ts';

const outside = useOutside();

const same = {
  kind: 'invalid',
  code: 'address_unreachable',
  message: expect.stringMatching(/^The file could not be fetched\. [^0-9]*$/),
  details: { faults: [{ pointer: '/url', code: 'address_unreachable', message: expect.any(String) }] },
  cause: undefined,
};

const refused = (url = outside.url(), policy: NetworkPolicy = outside.policy()) =>
  refusalOf(fetchFromOutside(url, { maxBytes: 1_000 }, policy));

const leadTo = (...addresses: string[]) => outside.names.set('files.example', addresses);

async function portOfNobody(): Promise<number> {
  const server = createServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server that does with each connection what `greet` says; none is open at the end. */
async function withServer<T>(greet: (socket: Socket) => void, use: (port: number) => Promise<T>) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('close', () => sockets.delete(socket)).on('error', () => {}));
    // Unread bytes would hide that the other side hung up.
    greet(socket.resume());
  });
  const port = await listen(server);
  try {
    const result = await use(port);
    await expect.poll(() => sockets.size).toBe(0);
    return result;
  } finally {
    for (const socket of sockets) socket.destroy();
    server.close();
  }
}

const withGreeting = (greet: (socket: Socket) => void, limits = {}) =>
  withServer(greet, (port) => refused(`https://files.example:${port}/`, { ...outside.policy(limits), port }));

const ways: Record<string, () => ReturnType<typeof refused>> = {
  'a closed port': async () => {
    const port = await portOfNobody();
    return refused(`https://files.example:${port}/`, { ...outside.policy(), port });
  },
  'a server that never says a word': () => withGreeting(() => {}, { connectMs: 50 }),
  'a server that hangs up': () => withGreeting((socket) => socket.destroy()),
  'a server that does not speak TLS': () => withGreeting((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n')),
  'a name that nobody knows': () => {
    const resolve = async () => Promise.reject(new Error('getaddrinfo ENOTFOUND files.example'));
    return refused(outside.url(), { ...outside.policy(), resolve });
  },
  'a name without addresses': () => {
    leadTo();
    return refused();
  },
  'a name that is looked up for ever': () =>
    refused(outside.url(), { ...outside.policy({ connectMs: 20 }), resolve: () => new Promise(() => {}) }),
  'a certificate for another name': () => refused(outside.url('/', 'other.example')),
  'a certificate of an unknown authority': () => {
    const { ca: _, ...policy } = outside.policy();
    return refused(outside.url(), policy);
  },
  'an address that is not public': () => {
    leadTo('10.0.0.1');
    return refused();
  },
  'a public address and one that is not': () => {
    leadTo('127.0.0.1', '169.254.169.254');
    return refused();
  },
  'one that is not public and a public address': () => {
    leadTo('::1', '127.0.0.1');
    return refused();
  },
  'a redirect to an address that is not public': () => {
    outside.answer = (_request, response) =>
      response.writeHead(302, { location: `https://127.0.0.2:${outside.port}/` }).end();
    return refused();
  },
  'a redirect to a name that leads to such an address': () => {
    outside.names.set('pictures.example', ['192.168.0.1']);
    outside.answer = (_request, response) =>
      response.writeHead(307, { location: outside.url('/', 'pictures.example') }).end();
    return refused();
  },
  'a server that does not answer': () => {
    outside.answer = () => {};
    return refused(outside.url(), outside.policy({ idleMs: 50 }));
  },
  'a server whose head never ends': () => {
    outside.answer = (_request, { socket }) => {
      socket?.write('HTTP/1.1 200 OK\r\n');
      const drip = setInterval(() => socket?.write('x: y\r\n'), 10);
      socket?.once('close', () => clearInterval(drip));
    };
    return refused(outside.url(), outside.policy({ totalMs: 150 }));
  },
  'a server whose head is too large': () => {
    outside.answer = (_request, response) => response.setHeader('x', 'y'.repeat(20_000)).end();
    return refused();
  },
  'a server that does not speak HTTP': () => {
    outside.answer = (_request, { socket }) => socket?.end('220 mail.example ESMTP\r\n');
    return refused();
  },
  'a server that changes the protocol': () => {
    outside.answer = (_request, { socket }) =>
      socket?.write('HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n');
    return refused();
  },
  'a server that hangs up instead of an answer': () => {
    outside.answer = (_request, { socket }) => socket?.destroy();
    return refused();
  },
};

describe('The refusal is the same, to the letter, for', () => {
  it.each(Object.entries(ways))('%s', async (_way, fetchIt) => {
    expect(await fetchIt()).toEqual(same);
    await expect.poll(() => outside.open.size).toBe(0);
  });

  it('all of them', async () => {
    const refusals = [];
    for (const fetchIt of Object.values(ways)) {
      outside.names.clear();
      refusals.push(JSON.stringify(await fetchIt()));
    }
    expect(new Set(refusals).size).toBe(1);
  });
});

describe('From an address that is not public', () => {
  it.each([
    ...[
      '127.0.0.1',
      '0x7f.0.0.1',
      '0177.0.0.01',
      '2130706433',
      '0x7f000001',
      '127.1',
      '127.0.0.1.',
      '①②⑦.0.0.1',
    ],
    ...[
      '0.0.0.0',
      '0',
      '[::1]',
      '[::]',
      '[::ffff:127.0.0.1]',
      '[::ffff:7f00:1]',
      '[::127.0.0.1]',
      '[64:ff9b::7f00:1]',
    ],
    ...['localhost', 'localhost.', 'LOCALHOST', 'ⓛocalhost', '%6cocalhost', 'files.example'],
  ])('nothing is fetched, written as %s: no connection is so much as tried', async (host) => {
    const policy = { ...outside.policy(), isAllowed: isPublicAddress };
    expect(await refused(outside.url('/', host), policy)).toEqual(same);
    expect(outside.connectedTo).toEqual([]);
  });

  it('nothing is fetched by the process, which looks names up as the system does', async () => {
    expect(await refusalOf(fetchFromOutside('https://localhost/', { maxBytes: 1 }))).toEqual(same);
    expect((await PUBLIC_INTERNET.resolve('localhost')).length).toBeGreaterThan(0);
  });
});

describe('The environment', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('cannot turn the proof of certificates off', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await refused(outside.url('/', 'other.example'))).toEqual(same);
    expect(outside.asked).toEqual([]);
  });
});

describe('A client that goes away', () => {
  const reason = new Error('the client is gone');

  it('ends the fetch before it begins', async () => {
    const fetching = fetchFromOutside(
      outside.url(),
      { maxBytes: 1, signal: AbortSignal.abort(reason) },
      outside.policy(),
    );
    await expect(fetching).rejects.toBe(reason);
    expect(outside.lookedUp).toEqual([]);
  });

  it('ends the fetch while the server thinks', async () => {
    const leaving = new AbortController();
    outside.answer = () => leaving.abort(reason);
    const { signal } = leaving;
    await expect(fetchFromOutside(outside.url(), { maxBytes: 1, signal }, outside.policy())).rejects.toBe(
      reason,
    );
    await expect.poll(() => outside.open.size).toBe(0);
  });
});
